import { anOpportunity } from '../../demo/partner-central/opportunities.ts';

export const catalog = 'AWS';

/** The deal behind every ID: the same for whoever asks, so that nothing has changed since the form was opened. */
export const deal = anOpportunity({
  id: 'O1',
  catalog,
  now: new Date(),
  fields: { LastModifiedDate: '2026-01-01T00:00:00.000Z' },
}).opportunity;
