"""Data protection: register of personal data, access requests, deletion by two people."""
