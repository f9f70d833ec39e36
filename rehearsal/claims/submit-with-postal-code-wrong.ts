import { RULES } from '../../src/aws/evidence.ts';
import { claim, differs } from '../claim.ts';
import { refused } from '../judge.ts';
import { seenWord } from '../vocabulary.ts';

export const submitWithPostalCodeWrong = claim({
  id: 'submit-with-postal-code-wrong',
  claims: 'A postal code that is none of its country is refused at once.',
  reliedOn: ['src/opportunities/readiness-customer.ts: a postal code in another form is warned of'],
  known: RULES['postal-code-form'],
  tells: { evidence: 'rule postal-code-form', holdsWith: 'the claim' },
  deals: { deal: { 'Customer.Account.Address.PostalCode': 'ABC 123' } },
  async steps({ deal }) {
    const answered = await deal.submit();
    if (!answered.ok) return refused(answered, 'Customer.Account.Address.PostalCode');
    const status = await deal.status();
    return differs(`taken; it is ${seenWord(status)} then`);
  },
});
