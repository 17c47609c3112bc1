"""The LPR's side of the proof of use: check, result for the Kommune, closing of the case (F22, F23)."""
