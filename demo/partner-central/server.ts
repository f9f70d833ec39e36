import type { Clock } from '../../src/clock.ts';
import { unaltered } from './altered.ts';
import { createData, withFields } from './data.ts';
import { createFaults } from './faults.ts';
import { likeliest } from './observed.ts';
import { operations } from './operations/index.ts';
import { demoSolutions } from './operations/list-solutions.ts';
import { plausibleReviewText, plausibleTeam } from './reviewer.ts';
import type { Service } from './service.ts';
import { asKept } from './shapes.ts';
import type { PartnerCentralOptions, PartnerCentralStandIn, StoredOpportunity } from './stand-in.ts';
import { asWritten } from './validation-errors.ts';
import { exampleCredentials, startWireServer } from './wire-server.ts';

/**
 * A Partner Central to try the bot with: the operations the bot uses, over the wire as AWS speaks it, with the rules and
 * errors that were seen of AWS, on loopback and in memory. Each rule names where it was seen: "recorded" is an answer of
 * AWS's that somebody published, "two reports" or "one report" what independent connectors were written for, "AWS's S3
 * field list v14.3" its rules for the same back end through an older door, "AWS's guide only" what nobody has confirmed.
 */
export async function startPartnerCentral(options: PartnerCentralOptions): Promise<PartnerCentralStandIn> {
  const { clock } = options;
  const credentials = options.credentials ?? exampleCredentials;
  const observed = { ...likeliest, ...options.observed };
  const data = createData(clock);
  const faults = createFaults(data.changed);
  const admit = options.quotas === true ? quotas(clock) : () => true;
  const submissions = new Map<string, number>();
  const service: Service = {
    clock,
    data,
    solutions: options.solutions ?? demoSolutions,
    observed,
    altered: { ...unaltered, ...options.altered },
    made: new Map(),
    countSubmission: (id) => submissions.set(id, (submissions.get(id) ?? 0) + 1),
  };

  const server = await startWireServer({
    clock,
    credentials,
    faults,
    port: options.port ?? 0,
    target: 'AWSPartnerCentralSelling',
    signingScope: { service: 'partnercentral-selling', region: 'us-east-1' },
    operation: (name) => {
      const operation = operations.get(name);
      return (
        operation && {
          admit: () => admit(operation.kind),
          execute: (body) => asWritten(operation.execute(body, service), observed),
        }
      );
    },
  });

  return {
    url: server.url,
    credentials,
    seed: (stored) => data.put(kept(stored)),
    create: (stored) => data.put(kept(stored), observed.createLagMs),
    opportunity: data.find,
    opportunities: data.all,
    review(catalog, id, status, { comments, reason, keepLastModifiedDate } = {}) {
      const stored = data.find(catalog, id);
      if (stored === undefined) throw new Error(`There is no opportunity ${id} in catalog ${catalog}.`);
      const plausible = plausibleReviewText(status);
      const reviewed = withFields(stored, {
        'LifeCycle.ReviewStatus': status,
        'LifeCycle.ReviewComments': comments ?? plausible.comments,
        'LifeCycle.ReviewStatusReason': reason ?? plausible.reason,
      });
      if (keepLastModifiedDate === true) data.put(reviewed);
      else data.modify(reviewed);
    },
    assignTeam(catalog, id, awsTeam = plausibleTeam) {
      const stored = data.find(catalog, id);
      if (stored === undefined) throw new Error(`There is no opportunity ${id} in catalog ${catalog}.`);
      data.put({ ...stored, awsTeam });
    },
    requests: server.requests,
    submissionsExecuted: (id) => submissions.get(id) ?? 0,
    behave: (change) => {
      Object.assign(observed, change);
    },
    injectFault: faults.inject,
    clearFaults: faults.clear,
    onChange: data.onChange,
    close: server.close,
  };
}

const kept = (stored: StoredOpportunity): StoredOpportunity => {
  const { Id, LastModifiedDate } = stored.opportunity;
  return { ...stored, opportunity: { ...asKept(stored.opportunity), Id, LastModifiedDate } };
};

/** Requests a second that an account may make ("Quotas", AWS Partner Central API reference). */
const perSecond = { read: 10, write: 1 } as const;

/** Counts one account's requests over the last second; the answer says whether one more fits, and takes it. */
function quotas(clock: Clock): (kind: 'read' | 'write') => boolean {
  const admitted: Record<'read' | 'write', readonly number[]> = { read: [], write: [] };
  return (kind) => {
    const now = clock.monotonic();
    const recent = admitted[kind].filter((at) => now - at < 1000);
    const fits = recent.length < perSecond[kind];
    admitted[kind] = fits ? [...recent, now] : recent;
    return fits;
  };
}
