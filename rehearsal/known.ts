import type { Evidence } from '../src/aws/evidence.ts';

/** How what is claimed is known so far, where it is beside no rule of the bot's in `src/aws/evidence.ts`. */
const POSTMAN = 'aws-samples/partner-crm-integration-samples, saved answers';
const HUBSPOT = 'hubspot-crm-pcagent-integration, comments in its code';
const GOVWIN = 'pandora-cloud/govwin-hubspot-integration';
const IMPORTS = "AWS's field list for imports, version 14.3";

const seen =
  (certainty: Evidence['certainty'], date: string, source: string) =>
  (what?: string): Evidence => ({
    certainty,
    catalog: 'Sandbox',
    date,
    source: what === undefined ? source : `${source}: ${what}`,
  });

export const recorded = (date: string, what?: string): Evidence => seen('recorded', date, POSTMAN)(what);
export const hubspot = seen('one-report', '2026-05', HUBSPOT);
export const govwin = seen('one-report', '2026-05', GOVWIN);
export const twoReports = seen('two-reports', '2026-05', `${HUBSPOT}; ${GOVWIN}`);
export const contradictory = seen('contradictory', '2026-05', GOVWIN);
export const imports = seen('prose', '2024-03', IMPORTS);
/** Nobody is known to have seen it. */
export const nobody = (reading: string): Evidence => ({
  certainty: 'prose',
  catalog: 'both',
  date: '2026-11',
  source: `nobody has been seen to try it; ${reading}`,
});
