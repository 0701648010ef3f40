"""FollowTheMoney, https://followthemoney.tech: what its model can hold truly, and a count of what it cannot."""
