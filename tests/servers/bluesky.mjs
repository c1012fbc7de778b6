// A Bluesky network for tests: PLC directory, PDS and AppView, from the npm package @atproto/dev-env.
// Started by bluesky.py; stops when its standard input closes, so it never outlives the tests.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { packages, ports } = JSON.parse(process.env.BEDSIDE_BLUESKY);

const fail = (error) => {
  console.error(error);
  process.exit(1);
};
process.on('uncaughtException', fail); // a port that is taken ends here
process.on('unhandledRejection', fail);

const entry = join(packages, 'node_modules', '@atproto', 'dev-env', 'dist', 'index.js');
const { TestNetwork } = await import(pathToFileURL(entry));
const network = await TestNetwork.create({
  plc: { port: ports.plc },
  pds: { port: ports.pds, hostname: 'localhost', enableDidDocWithSession: true },
  bsky: { port: ports.appview, publicUrl: `http://localhost:${ports.appview}` },
  ozone: { port: ports.ozone },
  introspect: { port: ports.introspect },
});
console.log('READY ' + JSON.stringify({ pds: network.pds.url, appview: network.bsky.url, plc: network.plc.url }));

const stop = async () => {
  await network.close().catch(() => {});
  process.exit(0);
};
process.on('SIGTERM', stop);
process.stdin.on('end', stop).resume();
