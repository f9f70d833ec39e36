import { isDeepStrictEqual } from 'node:util';
import { textAt, withField } from '../../json.ts';
import type { CreateOpportunityInput } from '../model.ts';
import type { Service } from '../service.ts';
import { conflict, failed, type Outcome, succeeded } from '../wire.ts';
import { asTaken } from './update-opportunity.ts';

/**
 * A new draft: at Prospect, whatever stage it was asked for with (two reports, Sandbox 2026-05 and production), and found
 * by reads after some seconds only (one report). A ClientToken makes one deal: the API's reference; with another body it is
 * a ConflictException (one report and the reference).
 */
export function createOpportunity(input: CreateOpportunityInput, service: Service): Outcome {
  const { Catalog, ClientToken, Origin } = input;
  const { altered, clock, data, made, observed } = service;
  const before = altered.sameClientToken === 'the same deal' ? made.get(ClientToken) : undefined;
  if (before !== undefined && !isDeepStrictEqual(before.asked, input)) {
    return failed(conflict('The ClientToken was used with another request'));
  }
  const stored = before === undefined ? undefined : data.find(Catalog, before.id);
  const { opportunity } = stored ?? data.modify(draft(), observed.createLagMs);
  made.set(ClientToken, { asked: input, id: opportunity.Id });
  return succeeded({
    Id: opportunity.Id,
    LastModifiedDate: opportunity.LastModifiedDate,
    PartnerOpportunityIdentifier: input.PartnerOpportunityIdentifier ?? null,
  });

  function draft() {
    const Id = `O${9_000_001 + data.all().length}`;
    const sent = asTaken(input, service);
    const stage = altered.stageAtCreation === 'Prospect' ? 'Prospect' : textAt(sent, 'LifeCycle.Stage');
    const staged = withField(sent, 'LifeCycle.Stage', stage);
    return {
      catalog: Catalog,
      origin: Origin,
      involvementType: undefined,
      visibility: undefined,
      opportunity: {
        ...withField(staged, 'LifeCycle.ReviewStatus', 'Pending Submission'),
        Id,
        Arn: `arn:aws:partnercentral:us-east-1:111122223333:catalog/${Catalog}/opportunity/${Id}`,
        CreatedDate: clock
          .now()
          .toISOString()
          .replace(/\.\d+Z$/, 'Z'),
        LastModifiedDate: '',
      },
    };
  }
}
