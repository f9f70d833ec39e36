/**
 * Does what the Dockerfile does, where no container engine is: copies what it copies into a clean folder, installs the
 * production dependencies there, compiles what the image has compiled, takes away the right to write, and runs the bot
 * as an ordinary user against the demo's servers. Then: the image's health check answers, a submission goes through, SIGTERM ends it in time.
 *
 * Needs npm and its registry. As root it runs the bot as `nobody`; else as whoever runs it.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DockerfileParser, type Instruction } from 'dockerfile-ast';
import { z } from 'zod';
import { anOpportunity } from '../demo/partner-central/opportunities.ts';
import { startPartnerCentral } from '../demo/partner-central/server.ts';
import { demoChannels, demoPeople } from '../demo/slack/demo-workspace.ts';
import { startSlack } from '../demo/slack/server.ts';
import { systemClock } from '../src/clock.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Milliseconds: Docker's own grace between SIGTERM and SIGKILL. */
const STOP_WITHIN_MS = 10_000;
const READY_WITHIN_MS = 20_000;
/** Unprivileged user and group of Debian's. */
const NOBODY = { uid: 65_534, gid: 65_534 };

const instructions = DockerfileParser.parse(readFileSync(join(root, 'Dockerfile'), 'utf8')).getInstructions();
const named = (keyword: string) => instructions.filter((each) => each.getKeyword() === keyword);
const words = (instruction: Instruction) => instruction.getArguments().map((each) => each.getValue());
/** The arguments of an exec form, `["node", "…"]`. */
const execForm = (instruction: Instruction | undefined): string[] =>
  z
    .array(z.string())
    .min(1)
    .parse(JSON.parse(/\[[\s\S]*\]/.exec(instruction?.getArgumentsContent() ?? '')?.[0] ?? '[]'));

const say = (text: string) => console.log(`✓ ${text}`);

const image = mkdtempSync(join(tmpdir(), 'bot-image-'));
const app = join(image, 'app');
const data = join(image, 'data');
const isRoot = process.getuid?.() === 0;
const asUser = isRoot ? NOBODY : {};
const slack = await startSlack({ clock: systemClock });
const partnerCentral = await startPartnerCentral({ clock: systemClock });
let bot: ChildProcess | undefined;
try {
  mkdirSync(app);
  mkdirSync(data, { mode: 0o700 });
  chmodSync(image, 0o755);
  // From the stage before come only the packages, which are installed here in place.
  for (const copied of named('COPY').map(words)) {
    const sources = copied.slice(0, -1);
    if (sources.some((source) => source.startsWith('/app/node_modules'))) continue;
    for (const source of sources) {
      const target = source.includes('.') ? source : (copied.at(-1) ?? source);
      cpSync(join(root, source), join(app, target), { recursive: true });
    }
  }
  const install = named('RUN')
    .map((each) => each.getArgumentsContent() ?? '')
    .find((command) => command.startsWith('npm ci'));
  const [npm = '', ...flags] = (install ?? '').split('&&')[0]?.trim().split(/\s+/) ?? [];
  execFileSync(npm, flags, { cwd: app, stdio: ['ignore', 'ignore', 'inherit'] });
  say(`the production dependencies are installed: ${npm} ${flags.join(' ')}`);

  // The image brings its own Node: this one may lie where only its owner gets.
  const node = join(image, 'node');
  cpSync(process.execPath, node);
  if (isRoot) chownSync(data, NOBODY.uid, NOBODY.gid);
  execFileSync('chmod', ['--recursive', 'a=rX,u+w', app]);
  const compiled = join(app, 'node_modules/.cache');
  mkdirSync(compiled);
  if (isRoot) chownSync(compiled, NOBODY.uid, NOBODY.gid);
  const [, ...compile] = execForm(
    named('RUN').find((each) => (each.getArgumentsContent() ?? '').startsWith('[')),
  ).map((word) => word.replace('/app/', `${app}/`));
  execFileSync(node, compile, { cwd: app, env: {}, ...asUser });
  execFileSync('chmod', ['--recursive', 'a=rX', app]);
  // Without settings it ends at once, having loaded everything.
  const command = execForm(named('CMD').at(-1)).slice(1);
  const start = spawnSync(node, command, {
    cwd: app,
    env: { NODE_DEBUG_NATIVE: 'COMPILE_CACHE' },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    ...asUser,
  });
  if (!/\/src\/app\.ts was accepted/.test(start.stderr + start.stdout))
    throw new Error(`A start doesn't use what the image has compiled. It said:\n${start.stderr}`);
  say('a start uses what the image has compiled');

  const port = await freePort();
  const settings = {
    NODE_ENV: 'production',
    DATA_DIR: data,
    HOST: '127.0.0.1',
    PORT: String(port),
    OPS_PORT: '0',
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: partnerCentral.url,
    AWS_ACCESS_KEY_ID: partnerCentral.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: partnerCentral.credentials.secretAccessKey,
    PARTNER_CENTRAL_CATALOG: 'AWS',
    SUBMITTERS: '*',
  };
  const run = (args: readonly string[]) =>
    spawn(node, args, { cwd: app, env: settings, stdio: ['ignore', 'pipe', 'inherit'], ...asUser });

  const running = run(command);
  bot = running;
  let log = '';
  running.stdout?.on('data', (chunk) => {
    log += chunk;
  });
  const ended = once(running, 'exit');

  const healthy = async (): Promise<boolean> => {
    const check = run(execForm(named('HEALTHCHECK')[0]).slice(1));
    const [code] = await once(check, 'exit');
    return code === 0;
  };
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await healthy())) {
    if (running.exitCode !== null || Date.now() > deadline)
      throw new Error(`It is not healthy. It said:\n${log}`);
  }
  say("the image's health check answers");

  const [doctor] = await once(run(['src/cli/doctor.ts']), 'exit');
  if (doctor !== 0) throw new Error(`The doctor finds something wrong: it ended with ${String(doctor)}.`);
  say('the doctor finds nothing wrong');

  await slack.connected();
  const deal = anOpportunity({ now: new Date(), catalog: 'AWS' });
  partnerCentral.seed(deal);
  const { ana: user } = demoPeople;
  await slack.slashCommand({ user, channel: demoChannels.deals, text: deal.opportunity.Id });
  await slack.waitForView(user, ({ view }) => view.callback_id === 'submit-opportunity');
  await slack.fillIn(user, { involvement_type: 'Co-Sell', visibility: 'Full', lock: ['understood'] });
  await slack.submitView(user);
  await slack.waitForMessage(demoChannels.deals, ({ text }) => text.startsWith('Approval pending'));
  say('a submission went through, over a read-only tree, as an ordinary user');

  running.kill('SIGTERM');
  const late = AbortSignal.timeout(STOP_WITHIN_MS);
  const code = await Promise.race([
    ended.then(([exitCode]: unknown[]) => exitCode),
    new Promise((resolve) => late.addEventListener('abort', () => resolve('not in time'))),
  ]);
  if (code !== 0) throw new Error(`SIGTERM should have ended it with 0: ${String(code)}. It said:\n${log}`);
  say('SIGTERM ended it in time, with 0');
} finally {
  bot?.kill('SIGKILL');
  await slack.close();
  await partnerCentral.close();
  execFileSync('chmod', ['--recursive', 'u+rwX', image]);
  rmSync(image, { recursive: true, force: true });
}

/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}
