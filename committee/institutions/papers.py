"""Give institutions and the opinions on them out on paper (6.1 a)."""

from committee.documents.wording import offers_of

offers_of("institution", "committee.Institution")
