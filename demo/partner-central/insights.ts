import { isObject, type JsonObject, listAt, textAt } from '../json.ts';
import type { Observed } from './observed.ts';
import type { StoredOpportunity } from './stand-in.ts';

/** What AWS makes of a deal, as GetAwsOpportunitySummary has it. */
export function insightsOf(
  which: Observed['insights'],
  { opportunity, cosellMotion }: Pick<StoredOpportunity, 'opportunity' | 'cosellMotion'>,
): JsonObject {
  switch (which) {
    case 'null':
      return { Insights: null };
    case 'spend':
      return { Insights: spendInsights(opportunity) };
    case 'scored':
      return { ...scored, ...(cosellMotion === undefined ? {} : { CosellMotion: cosellMotion }) };
  }
}

/** Recorded 2026-02: of a deal with an estimate. */
function spendInsights(opportunity: JsonObject) {
  const [first] = listAt(opportunity, 'Project.ExpectedCustomerSpend').filter(isObject);
  const total = first === undefined ? '0' : textAt(first, 'Amount');
  const products = listAt(opportunity, 'RelatedEntityIdentifiers.AwsProducts');
  return {
    AwsProductsSpendInsightsBySource: {
      AWS: {
        AwsProducts: products.map((ProductCode) => ({
          Amount: null,
          Categories: [],
          Optimizations: [],
          OptimizedAmount: null,
          PotentialSavingsAmount: null,
          ProductCode,
          ServiceCode: null,
        })),
        CurrencyCode: 'USD',
        Frequency: 'Monthly',
        TotalAmount: '0',
        TotalAmountByCategory: {},
        TotalOptimizedAmount: '0',
        TotalPotentialSavingsAmount: '0',
      },
      Partner: {
        AwsProducts: [
          {
            Amount: total,
            Categories: ['MAP Eligible'],
            Optimizations: [],
            OptimizedAmount: total,
            PotentialSavingsAmount: '0.00',
            ProductCode: null,
            ServiceCode: 'amazonRedshift',
          },
        ],
        CurrencyCode: 'USD',
        Frequency: 'Monthly',
        TotalAmount: total,
        TotalAmountByCategory: { 'MAP Eligible': total },
        TotalOptimizedAmount: total,
        TotalPotentialSavingsAmount: '0',
      },
    },
    EngagementScore: null,
    NextBestActions: null,
  };
}

/** AWS's release notes of 2026-06 and its API reference only: nobody recorded any of it. */
const scored = {
  CosellMotion: 'AWS Field-engaged',
  Insights: {
    AwsProductsSpendInsightsBySource: null,
    EngagementScore: 'Medium',
    NextBestActions: 'Share the workload estimate with the AWS account team.',
    OpportunityQuality: { Score: 71, Trend: 'Improving' },
    Recommendations: [
      {
        Type: 'SolutionRecommendation',
        Details: 'An AWS solution for data lakes fits what the customer describes.',
        Metadata: null,
      },
    ],
  },
};
