"""What a stream of requests shows of who takes how much PI: counts and measures, no opinion.

The watch reads logs and the gate decides live; both need the same mathematics and neither may
import the other, so it lies below both. Whether a measure is abuse is said above, by a policy.
"""
