"""Usage and usage analytics."""

import datetime


def run(context):
    report, accounts = context.report, context.client.accounts
    today = datetime.datetime.now(datetime.timezone.utc).date()
    day = datetime.timedelta(days=1)
    usage = accounts.usage.get(start_date=today - day, end_date=today + day)
    report.equal("something was counted", [usage.bandwidth_bytes > 0, usage.media_library_storage_bytes > 0, usage.extension_units_count > 0], [True] * 3)
    report.equal("a period before", accounts.usage.get(start_date=today - 9 * day, end_date=today - 5 * day).bandwidth_bytes, 0)
    report.refused("91 days", lambda: accounts.usage.get(start_date=today - 91 * day, end_date=today), 400, message="within 90 days")
    # A day more than needed: the run may pass midnight.
    analytics = accounts.usage_analytics.get(start_date=today - day, end_date=today)
    report.equal("analytics", [str(analytics.end_date), analytics.request_count > 50], [today.isoformat(), True])
    report.equal("user agents", any("Python" in entry.name for entry in analytics.top_user_agents.by_requests), True)
    report.refused("an end before the start", lambda: accounts.usage_analytics.get(start_date=today, end_date=today - day), 400)
