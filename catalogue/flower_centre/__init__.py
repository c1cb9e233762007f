"""The planned Flower Trading Centre: not open; what is planned, and when it was said."""
