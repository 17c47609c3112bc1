"""Samples of proofs of use: population with risks, the draw that anybody can repeat, its pages (F23)."""
