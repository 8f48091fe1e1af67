"""What the supervisor says tells which program does not start."""

from ops.supervision import all_run, broken_program

WELL = """\
2026-11-26 12:00:00,000 INFO spawned: 'broker' with pid 10
2026-11-26 12:00:00,100 INFO spawned: 'web' with pid 11
2026-11-26 12:00:02,000 INFO success: broker entered RUNNING state, process has stayed up for > than 2 seconds
"""
UP = "2026-11-26 12:00:03,000 INFO success: web entered RUNNING state, process has stayed up for > than 2 seconds\n"
END = "2026-11-26 12:00:03,000 WARN exited: web (exit status 2; not expected)\n"
AGAIN = "2026-11-26 12:00:04,000 INFO spawned: 'web' with pid 12\n"


def test_all_run_only_when_each_program_has_stayed_up():
    assert [all_run(words) for words in ("", WELL, WELL + UP, WELL + UP + END, WELL + UP + END + AGAIN)] == [
        False,
        False,
        True,
        False,
        False,
    ]


def test_a_program_is_broken_when_it_ended_three_times():
    assert [broken_program(WELL + times * (END + AGAIN)) for times in range(4)] == [None, None, None, "web"]
