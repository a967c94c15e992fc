// Drives the official Node.js package against an emulator: `node main.mjs URL PRIVATE_KEY PUBLIC_KEY`.

import { Coverage, ImageKit } from './imagekit.mjs';
import { Report } from './report.mjs';

const RESOURCES = [
  'upload', 'upload_options', 'files', 'versions', 'metadata', 'bulk', 'assets', 'search', 'folders', 'cache',
  'custom_metadata', 'saved_extensions', 'named_transformations', 'origins', 'url_endpoints', 'usage', 'delivery',
  'client_upload', 'beta_upload', 'webhooks', 'errors', 'load',
];

const [url, privateKey, publicKey] = process.argv.slice(2);
const report = new Report();
const coverage = new Coverage();
const options = { privateKey, baseURL: url, maxRetries: 0, timeout: 20_000 };
const client = coverage.watch(new ImageKit(options));
const context = { client, report, url, urlEndpoint: `${url}/demo`, privateKey, publicKey, options };

for (const resource of RESOURCES) {
  report.resource = resource;
  const { default: run } = await import(`./${resource}.mjs`);
  await run(context).catch((error) => report.fail('runs to its end', 'no exception', error.stack));
}
report.resource = 'coverage';
report.equal('every method of the package was called', coverage.missing(), []);
console.log(`${report.passed} passed, ${report.failed} failed (${coverage.all.size} methods of @imagekit/nodejs)`);
process.exit(report.failed > 0 ? 1 : 0);
