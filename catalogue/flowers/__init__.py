"""Kinds of flowers and foliage grown in the province, and the scales they are graded by."""
