import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { anOpportunity } from '../../demo/partner-central/opportunities.ts';
import { startPartnerCentral } from '../../demo/partner-central/server.ts';
import { CLAIMS } from '../../rehearsal/claims/index.ts';
import { NotOurs, OPERATIONS } from '../../rehearsal/gate.ts';
import { type Entry, openNotebook } from '../../rehearsal/notebook.ts';
import { rehearse } from '../../rehearsal/run.ts';
import { whereToRehearse } from '../../rehearsal/settings.ts';
import { systemClock } from '../../src/clock.ts';
import { scriptedServer } from '../aws/scripted-server.ts';
import { temporaryFolder } from '../database/databases.ts';
import { filesIn, readFile } from '../project/imports.ts';
import { standIn } from './rehearsals.ts';

const TOKEN = 'rehearsal-00000000-0000-4000-8000-000000000001';
const MAIN = fileURLToPath(new URL('../../rehearsal/main.ts', import.meta.url));

describe('with hostile settings', () => {
  test.each(['AWS', ' AWS ', 'aws', 'Aws', 'AWS # not Sandbox', 'Sandbox,AWS', 'Production', 'AWS\u00a0'])(
    'the catalog "%s" is refused as Production',
    (catalog) => {
      expect(() => whereToRehearse({ PARTNER_CENTRAL_CATALOG: catalog })).toThrow('is that of Production');
    },
  );

  test.each(['', 'sandbox', 'SANDBOX', 'Sandbox2', 'Sand box', undefined])(
    'the catalog "%s" is refused: it is written Sandbox',
    (catalog) => {
      expect(() => whereToRehearse({ PARTNER_CENTRAL_CATALOG: catalog })).toThrow('Sandbox only');
    },
  );

  test.each([
    'https://partnercentral-selling.us-east-1.api.aws.example.com',
    'https://partnercentral-selling.us-east-1.api.aws:8443',
    'https://partnercentral-selling.eu-west-1.api.aws',
    'https://127.0.0.1.example.com',
    'https://example.com/127.0.0.1',
    'http://example.com',
    'https://user:password@partnercentral-selling.us-east-1.api.aws',
  ])('nothing is sent to %s', (endpoint) => {
    expect(() =>
      whereToRehearse({
        PARTNER_CENTRAL_CATALOG: 'Sandbox',
        AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: endpoint,
      }),
    ).toThrow(/leads to|is wrong in the settings/);
  });

  test('a region has no say in which host is asked beside the address of AWS in it', () => {
    const at = (region: string) =>
      whereToRehearse({ PARTNER_CENTRAL_CATALOG: 'Sandbox', PARTNER_CENTRAL_REGION: region }).endpoint.href;
    expect(at('us-east-1')).toBe('https://partnercentral-selling.us-east-1.api.aws/');
    expect(() => at('us-east-1.example.com/')).toThrow('is wrong in the settings');
  });

  test('nobody is taken for AWS by a certificate that is not checked', () => {
    expect(() =>
      whereToRehearse({ PARTNER_CENTRAL_CATALOG: 'Sandbox', NODE_TLS_REJECT_UNAUTHORIZED: '0' }),
    ).toThrow('takes anybody for AWS');
  });
});

describe('as it is run', () => {
  async function run(
    settings: Readonly<Record<string, string>>,
    flags: readonly string[] = [],
    before: (folder: string) => void = () => {},
  ) {
    const { path: folder, remove } = await temporaryFolder();
    onTestFinished(remove);
    before(folder);
    const env = { HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', ...settings };
    return new Promise<{ code: number; text: string; files: string[] }>((resolve) => {
      const child = execFile(process.execPath, [MAIN, ...flags], { cwd: folder, env }, (_error, out, err) =>
        resolve({ code: child.exitCode ?? -1, text: out + err, files: readdirSync(folder) }),
      );
      child.stdin?.end();
    });
  }

  test('Production is refused in words, and nothing is sent or written', async () => {
    const { endpoint, connections } = await counted();
    const ran = await run(
      { PARTNER_CENTRAL_CATALOG: 'AWS', AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: endpoint },
      ['--yes'],
    );
    expect(ran).toMatchObject({ code: 1, files: [] });
    expect(ran.text).toContain('is that of Production');
    expect(connections()).toBe(0);
  });

  test('it says what it will make, and goes on only where somebody agrees', async () => {
    const { endpoint, connections } = await counted();
    const ran = await run({
      PARTNER_CENTRAL_CATALOG: 'Sandbox',
      AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: endpoint,
    });
    expect(ran).toMatchObject({ code: 1, files: [] });
    expect(ran.text).toMatch(/makes about \d+ opportunities of a made-up customer/);
    expect(ran.text).toContain('give --yes');
    expect(connections()).toBe(0);
  });

  test('--clear closes what the notebook has open, by the real clock', async () => {
    const aws = await startPartnerCentral({ clock: systemClock, quotas: true });
    onTestFinished(() => aws.close());
    const title = `Rehearsal (${TOKEN})`;
    aws.seed(anOpportunity({ id: 'O1', now: new Date(), title, reviewStatus: 'Approved' }));
    const ran = await run(
      {
        PARTNER_CENTRAL_CATALOG: 'Sandbox',
        AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: aws.url,
        AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey,
      },
      ['--clear', '--yes', '--notebook', 'notebook'],
      (folder) => {
        const notebook = openNotebook(join(folder, 'notebook'));
        notebook.making({ token: TOKEN, title, request: {} });
        notebook.made(TOKEN, 'O1');
      },
    );
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.text).toContain('Closing one opportunity.');
    expect(aws.opportunity('Sandbox', 'O1')?.opportunity.LifeCycle).toMatchObject({ Stage: 'Closed Lost' });
  });

  async function counted() {
    let asked = 0;
    const { endpoint } = await scriptedServer([
      (response) => {
        asked += 1;
        response.destroy();
      },
    ]);
    return { endpoint: endpoint.href, connections: () => asked };
  }
});

describe('deals that it did not make', () => {
  /** A Partner Central with somebody's deals: in Sandbox, and in Production. */
  async function withForeignDeals() {
    const world = await standIn();
    const deals = [
      anOpportunity({ id: 'O1001', now: world.clock.now() }),
      anOpportunity({ id: 'O1002', now: world.clock.now(), catalog: 'AWS' }),
      anOpportunity({ id: 'O1003', now: world.clock.now(), reviewStatus: 'Approved' }),
    ];
    for (const deal of deals) world.aws.seed(deal);
    return {
      ...world,
      untouched: () =>
        deals.every(
          (deal) =>
            JSON.stringify(world.aws.opportunity(deal.catalog, deal.opportunity.Id)?.opportunity) ===
            JSON.stringify(seeded.get(deal.opportunity.Id)),
        ),
    };
  }
  const seeded = new Map(
    [
      anOpportunity({ id: 'O1001', now: new Date('2026-11-22T09:30:00.000Z') }),
      anOpportunity({ id: 'O1002', now: new Date('2026-11-22T09:30:00.000Z'), catalog: 'AWS' }),
      anOpportunity({ id: 'O1003', now: new Date('2026-11-22T09:30:00.000Z'), reviewStatus: 'Approved' }),
    ].map(({ opportunity }) => [opportunity.Id, opportunity]),
  );
  const writes = (world: Awaited<ReturnType<typeof withForeignDeals>>) =>
    world.aws.requests().filter(({ operation }) => /^(Submit|Update|Associate)/.test(operation));

  test('are in no request of a whole rehearsal', async () => {
    const world = await withForeignDeals();
    await rehearse(
      CLAIMS.filter(({ id }) => /^(submission|list|second|approved)-/.test(id)),
      world.begin(),
    );
    expect(world.aws.requests().filter(({ body }) => /O100\d/.test(JSON.stringify(body)))).toEqual([]);
    expect(world.untouched()).toBe(true);
  });

  test.each(['O1001', 'O1003'])(
    'AWS answers CreateOpportunity with the ID of one, %s: nothing is done to it',
    async (foreign) => {
      const world = await withForeignDeals();
      world.aws.injectFault({
        operation: 'CreateOpportunity',
        kind: {
          type: 'error',
          name: 'x',
          status: 200,
          body: { Id: foreign, LastModifiedDate: '2026-11-22T09:30:00Z' },
        },
      });
      const { looked } = await rehearse(
        CLAIMS.filter(({ id }) => /^(submission|second|approved|update)-/.test(id)),
        world.begin(),
      );
      expect(new Set(looked.map(({ verdict }) => verdict.outcome))).toEqual(new Set(["can't be told"]));
      expect(
        JSON.stringify(looked.map(({ verdict, exchanges }) => [verdict, exchanges.length])),
      ).not.toContain(foreign);
      expect(writes(world)).toEqual([]);
      expect(world.untouched()).toBe(true);
    },
  );

  test('AWS lists them as the rehearsal’s, with its own references: none is taken up', async () => {
    const world = await withForeignDeals();
    const play = world.begin();
    play.notebook.making({ token: TOKEN, title: 'lost', request: {} });
    world.aws.injectFault({
      operation: 'ListOpportunities',
      kind: {
        type: 'error',
        name: 'x',
        status: 200,
        body: {
          OpportunitySummaries: ['O1001', 'O1003'].map((Id) => ({
            Id,
            PartnerOpportunityIdentifier: TOKEN,
          })),
        },
      },
    });
    await rehearse([], play);
    expect(writes(world)).toEqual([]);
    expect(world.untouched()).toBe(true);
    expect(world.begin().notebook.entries()[0]?.settled).toBe('not ours');
  });

  test('the gate takes an entry from nobody but the notebook, whatever its ID says', async () => {
    const world = await withForeignDeals();
    const { gate } = world.begin();
    const entry: Entry = {
      token: TOKEN,
      title: '',
      request: {},
      id: 'O1001',
      settled: undefined,
    };
    await expect(gate.ask('SubmitOpportunity', entry, {})).rejects.toThrow(NotOurs);
    await expect(gate.ask('GetOpportunity', entry)).rejects.toThrow(NotOurs);
    await expect(gate.create(entry)).rejects.toThrow('written down');
    expect(world.aws.requests()).toEqual([]);
  });

  test('a request that names another catalog or another deal is of Sandbox, and of its own deal, all the same', async () => {
    const world = await withForeignDeals();
    const { gate, notebook } = world.begin();
    notebook.making({ token: TOKEN, title: '', request: {} });
    notebook.made(TOKEN, 'O1001');
    const [entry] = notebook.entries();
    if (entry === undefined) throw new Error('The notebook lost it.');
    await expect(gate.ask('GetOpportunity', entry, { Catalog: 'AWS', Identifier: 'O1002' })).rejects.toThrow(
      NotOurs,
    );
    await expect(gate.ask('UpdateOpportunity', entry, { Catalog: 'AWS' })).rejects.toThrow(NotOurs);
    expect(world.aws.requests().map(({ operation, body }) => [operation, body])).toEqual([
      ['GetOpportunity', { Catalog: 'Sandbox', Identifier: 'O1001' }],
    ]);
  });
});

test('nothing of the rehearsal reaches AWS but through the gate', () => {
  const others = filesIn('rehearsal').filter((file) => file !== 'rehearsal/gate.ts');
  const reaching = others.filter((file) =>
    /createClient|createPartnerCentral|createTransport|undici|node:(https?|net|tls)|\bfetch\(/.test(
      readFile(file),
    ),
  );
  expect(reaching).toEqual([]);
  expect(filesIn('src').filter((file) => /CreateOpportunity/.test(readFile(file)))).toEqual([]);
  expect(Object.keys(OPERATIONS)).not.toContain('StartEngagementFromOpportunityTask');
});
