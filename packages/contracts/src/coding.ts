/** Anatomical Therapeutic Chemical classification of the WHO. */
export const atc = 'http://www.whocc.no/atc'
/** International nonproprietary names have no code system of their own: the name itself, in small letters. */
export const inn = 'urn:moinha:inn'
/** Known by no code: what people here call it, in small letters. */
export const namedHere = 'urn:moinha:name'
