import type { PartnerCentralFault } from '../../demo/partner-central/stand-in.ts';

export type FaultKind = PartnerCentralFault['kind'];

/** AWS answers with this exception. */
export const awsError = (name: string, more = {}): FaultKind => ({ type: 'error', name, ...more });

/** Something goes wrong with SubmitOpportunity: the next `times`, or until it is healed. */
export const onSubmit = (kind: FaultKind, times?: number): PartnerCentralFault => ({
  operation: 'SubmitOpportunity',
  kind,
  ...(times === undefined ? {} : { times }),
});
