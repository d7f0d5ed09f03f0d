"""What a plan comes to, in lines to read."""

from planner.analysis.summary import Summary
from planner.i18n.words import Words


def build_summary_lines(summary: Summary, words: Words) -> list[str]:
    """The summary, a line each."""
    lines = [
        words("Plan for {week}", week=summary.week),
        words("people recorded: {count}", count=words.number(summary.people)),
        words("people remaining: {count}", count=words.number(summary.left)),
        words("stops: {stops}; routes: {routes}", stops=summary.stops, routes=summary.routes),
        words(
            "driving: {km} km, {hours} hours",
            km=words.number(summary.km, 1),
            hours=words.number(summary.drive_h, 1),
        ),
        words(
            "recordings per van-hour: {rate} ({hours} van-hours)",
            rate=words.number(summary.recordings_per_van_h, 1),
            hours=words.number(summary.van_h, 1),
        ),
        _gap_line(summary, words),
    ]
    if summary.drafts:
        names = ", ".join(summary.drafts)
        lines.append(
            words(
                "drafts, permission not confirmed: {count} ({names})",
                count=len(summary.drafts),
                names=names,
            )
        )
    if summary.left_out:
        lines.append(words("places left out: {count}", count=sum(summary.left_out.values())))
        lines += [f"  {words(reason)}: {count}" for reason, count in summary.left_out.items()]
    if summary.uncovered:
        lines.append(
            words(
                "people without a point within walking distance: {count}",
                count=words.number(summary.uncovered),
            )
        )
    if summary.straight:
        lines.append(words("Travel is estimated along straight lines: there is no road file."))
    return lines


def _gap_line(summary: Summary, words: Words) -> str:
    if summary.gap is None:
        return words("gap to the best possible plan: not proven")
    return words(
        "gap to the best possible plan: at most {percent}%",
        percent=words.number(summary.gap * 100, 2),
    )
