"""What takes minutes is begun first, so that no worker is left alone with it at the end."""

from tests.browser.conftest import rank


def test_stories_come_first_then_real_starts_then_all_others(request):
    ranks = [rank(item) for item in request.session.items]
    assert ranks == sorted(ranks)
    assert rank(request.node) == 0
