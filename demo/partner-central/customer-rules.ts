import { type JsonObject, textAt } from '../json.ts';
import { countriesWithoutPostalCode, isPostalCodeOf, usStates } from './codes.ts';
import type { Observed } from './observed.ts';
import { entry, required } from './validation-errors.ts';
import type { ListedError } from './wire.ts';

const account = 'Customer.Account';

/**
 * What a submission needs of the customer: two reports and AWS's S3 field list v14.3, which also has what is not asked
 * of a National Security deal.
 */
export function customerErrors(opportunity: JsonObject, observed: Observed): readonly ListedError[] {
  const secret = opportunity.NationalSecurity === 'Yes';
  const other = textAt(opportunity, `${account}.Industry`) === 'Other';
  return [
    ...(secret ? [] : required(opportunity, `${account}.CompanyName`)),
    ...(secret ? [] : required(opportunity, `${account}.WebsiteUrl`)),
    ...required(opportunity, `${account}.Industry`),
    ...(other ? required(opportunity, `${account}.OtherIndustry`) : []),
    ...required(opportunity, `${account}.Address.CountryCode`),
    ...(secret ? nationalSecurityErrors(opportunity) : addressErrors(opportunity, observed)),
  ];
}

/** AWS's S3 field list v14.3: the United States' government only. */
function nationalSecurityErrors(opportunity: JsonObject): readonly ListedError[] {
  const fits =
    textAt(opportunity, `${account}.Industry`) === 'Government' &&
    textAt(opportunity, `${account}.Address.CountryCode`) === 'US';
  return fits
    ? []
    : [
        entry(
          'NationalSecurity',
          'INVALID_VALUE',
          'National Security is for the industry Government in the US only',
        ),
      ];
}

/** A state of the United States is of a closed list (the API's reference and AWS's S3 standard values v14.3). */
function addressErrors(opportunity: JsonObject, observed: Observed): readonly ListedError[] {
  const path = `${account}.Address.StateOrRegion`;
  const state = textAt(opportunity, path);
  const country = textAt(opportunity, `${account}.Address.CountryCode`);
  return [
    ...(country === 'US' ? required(opportunity, path) : []),
    ...(country === 'US' && state !== '' && !usStates.includes(state)
      ? [entry(path, 'INVALID_VALUE', `${state} is not a state of the US`)]
      : []),
    ...postalCodeErrors(opportunity, country, observed),
  ];
}

/** Needed but for the countries that have none: AWS's S3 field list v14.3 and its CRM connector 3.16. */
function postalCodeErrors(
  opportunity: JsonObject,
  country: string,
  observed: Observed,
): readonly ListedError[] {
  const path = `${account}.Address.PostalCode`;
  if (textAt(opportunity, path) === '') {
    return country === '' || countriesWithoutPostalCode.has(country) ? [] : required(opportunity, path);
  }
  return observed.wrongPostalCode === 'refused' && hasWrongPostalCode(opportunity)
    ? [entry(path, 'INVALID_VALUE', `Postal code is not one of ${country}`)]
    : [];
}

/** By AWS's S3 list of formats v14.3. */
export function hasWrongPostalCode(opportunity: JsonObject): boolean {
  const code = textAt(opportunity, `${account}.Address.PostalCode`);
  const country = textAt(opportunity, `${account}.Address.CountryCode`);
  return code !== '' && !countriesWithoutPostalCode.has(country) && !isPostalCodeOf(country, code);
}
