"""Give plans and the opinions on them out on paper (6.1 b)."""

from committee.documents.wording import offers_of

offers_of("plan", "committee.Plan")
