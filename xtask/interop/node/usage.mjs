// Usage and usage analytics.

const day = (offset) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

export default async function ({ client, report }) {
  const usage = await client.accounts.usage.get({ startDate: day(-1), endDate: day(1) });
  report.equal('fields of usage', Object.keys(usage).sort(),
    ['bandwidthBytes', 'extensionUnitsCount', 'mediaLibraryStorageBytes', 'originalCacheStorageBytes', 'videoProcessingUnitsCount']);
  report.equal('something was counted', [usage.bandwidthBytes > 0, usage.mediaLibraryStorageBytes > 0, usage.extensionUnitsCount > 0], [true, true, true]);
  report.holds('a period before', await client.accounts.usage.get({ startDate: day(-10), endDate: day(-5) }), { bandwidthBytes: 0, mediaLibraryStorageBytes: 0 });
  const api = client.accounts.usage;
  await report.refused('91 days', api.get({ startDate: day(-91), endDate: day(0) }), { status: 400, message: /within 90 days/ });
  await report.refused('no dates', api.get({}), { status: 400, message: /startDate and endDate are required/ });
  await report.refused('a day that is none', api.get({ startDate: '1.1.2025', endDate: day(0) }), { status: 400, message: /YYYY-MM-DD/ });
  await report.refused('an end before the start', api.get({ startDate: day(1), endDate: day(0) }), { status: 400 });

  // A day more than needed: the run may pass midnight.
  const period = { startDate: day(-1), endDate: day(0) };
  const analytics = await client.accounts.usageAnalytics.get(period);
  report.holds('analytics', analytics, period);
  report.equal('requests were counted', analytics.requestCount > 50 && analytics.cache.errorCount > 5, true);
  report.equal('statuses', ['200', '404'].every((code) => analytics.statusCodes.some((entry) => entry.name === code && entry.requestCount > 0)), true);
  report.equal('user agents', analytics.topUserAgents.byRequests.some((entry) => entry.name.startsWith('ImageKit/JS')), true);
  report.equal('extensions', analytics.extensions.some((entry) => entry.name === 'google-auto-tagging' && entry.operationCount > 0), true);
  await report.refused('analytics without dates', client.accounts.usageAnalytics.get({}), { status: 400 });
}
