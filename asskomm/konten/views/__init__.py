"""The pages of accounts and sign-in, one module for each subject."""
