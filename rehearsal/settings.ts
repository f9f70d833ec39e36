import { readParts } from '../src/config/config.ts';
import type { Environment } from '../src/config/settings.ts';

/** Where a rehearsal goes: AWS's Sandbox, or a stand-in on this machine. */
export interface Where {
  readonly at: 'AWS' | 'a stand-in';
  readonly endpoint: URL;
  readonly region: string;
}

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** @throws Error in words where a rehearsal must not, or can't, run with these settings. */
export function whereToRehearse(environment: Environment): Where {
  const { catalog, aws } = readParts(environment);
  const given = environment.PARTNER_CENTRAL_CATALOG?.trim() ?? '';
  if (catalog === 'AWS' || /aws|prod/i.test(given)) {
    throw new Error(
      'PARTNER_CENTRAL_CATALOG is that of Production: a rehearsal makes opportunities up, and submits and changes them. It runs with PARTNER_CENTRAL_CATALOG=Sandbox only.',
    );
  }
  if (catalog !== 'Sandbox') {
    throw new Error('A rehearsal runs with PARTNER_CENTRAL_CATALOG=Sandbox only, written so.');
  }
  if (environment.NODE_TLS_REJECT_UNAUTHORIZED?.trim() === '0') {
    throw new Error('NODE_TLS_REJECT_UNAUTHORIZED=0 takes anybody for AWS: remove it.');
  }
  if (aws === undefined) {
    throw new Error(
      "An address or the region of AWS is wrong in the settings: npm run doctor says what's wrong.",
    );
  }
  const { endpoint, region } = aws;
  if (endpoint.origin === `https://partnercentral-selling.${region}.api.aws`)
    return { at: 'AWS', endpoint, region };
  if (LOOPBACK.includes(endpoint.hostname)) return { at: 'a stand-in', endpoint, region };
  throw new Error(
    `A rehearsal goes to AWS's own address only, or to a stand-in on this machine. AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING leads to ${endpoint.host}: leave it out.`,
  );
}
