import { createData, withFields } from './data.ts';
import { createFaults } from './faults.ts';
import { operations } from './operations/index.ts';
import { createQuotas } from './quotas.ts';
import { plausibleReviewText, plausibleTeam } from './reviewer.ts';
import type { Service } from './service.ts';
import { demoSolutions } from './solutions.ts';
import type { PartnerCentralOptions, PartnerCentralStandIn } from './stand-in.ts';
import { exampleCredentials, startWireServer } from './wire-server.ts';

/**
 * A Partner Central to try the bot with: the operations the bot uses, over the wire as AWS speaks it
 * (awsJson1_0, Signature Version 4), with AWS's rules and errors, on loopback and in memory.
 */
export async function startPartnerCentral(options: PartnerCentralOptions): Promise<PartnerCentralStandIn> {
  const { clock } = options;
  const credentials = options.credentials ?? exampleCredentials;
  const data = createData(clock);
  const faults = createFaults(data.changed);
  const quotas = options.quotas === true ? createQuotas(clock) : undefined;
  const submissions = new Map<string, number>();
  const service: Service = {
    clock,
    data,
    solutions: options.solutions ?? demoSolutions,
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
          admit: () => quotas?.admit(operation.kind) !== false,
          execute: (body) => operation.execute(body, service),
        }
      );
    },
  });

  return {
    url: server.url,
    credentials,
    seed: data.put,
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
    injectFault: faults.inject,
    clearFaults: faults.clear,
    onChange: data.onChange,
    close: server.close,
  };
}
