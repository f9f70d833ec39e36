import { GetOpportunityCommand, PartnerCentralSellingClient } from '@aws-sdk/client-partnercentral-selling';
import { Pool } from 'undici';
import { z } from 'zod';
import { exampleCredentials } from '../../demo/partner-central/wire-server.ts';
import { createPartnerCentral } from '../../src/aws/operations.ts';
import { systemClock } from '../../src/clock.ts';
import { serve, settingsOf } from './serve.ts';

/** Reads one opportunity again and again: by our client, by the official one, or by HTTP alone. */
const { client, url } = settingsOf(
  z.object({ client: z.enum(['ours', 'official', 'raw']), url: z.string() }),
);
const request = { Catalog: 'AWS', Identifier: 'O1' } as const;

const calls: Readonly<Record<typeof client, () => () => Promise<unknown>>> = {
  ours: () => {
    const partnerCentral = createPartnerCentral({
      endpoint: new URL(url),
      region: 'us-east-1',
      credentials: async () => exampleCredentials,
      clock: systemClock,
      userAgent: 'submit-opportunity-bot|bench',
    });
    return async () => {
      const answer = await partnerCentral.getOpportunity(request);
      if (!answer.ok) throw new Error(answer.error.code);
    };
  },
  official: () => {
    const official = new PartnerCentralSellingClient({
      endpoint: url,
      region: 'us-east-1',
      credentials: exampleCredentials,
    });
    return () => official.send(new GetOpportunityCommand(request));
  },
  raw: () => {
    const pool = new Pool(url, { connections: 8 });
    const body = JSON.stringify(request);
    const headers = { 'x-amz-target': 'AWSPartnerCentralSelling.GetOpportunity' };
    return async () => {
      const response = await pool.request({ method: 'POST', path: '/', headers, body });
      await response.body.json();
    };
  },
};
const call = calls[client]();

serve(null, {
  async run(input) {
    const { atOnce, seconds } = z.object({ atOnce: z.number(), seconds: z.number() }).parse(input);
    const before = process.cpuUsage();
    const started = performance.now();
    let made = 0;
    const caller = async () => {
      while (performance.now() - started < seconds * 1000) {
        await call();
        made += 1;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, caller));
    const { user, system } = process.cpuUsage(before);
    return { perSecond: (made * 1000) / (performance.now() - started), cpuMicros: (user + system) / made };
  },
});
