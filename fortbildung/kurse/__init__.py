"""The public pages of the cohorts: what is offered, on which days, and what is still free."""
