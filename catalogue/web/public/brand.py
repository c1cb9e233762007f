from flask import Blueprint

blueprint = Blueprint("brand", __name__)
