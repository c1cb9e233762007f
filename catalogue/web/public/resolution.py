from flask import Blueprint

blueprint = Blueprint("resolution", __name__)
