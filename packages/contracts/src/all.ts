/** Every route of the product, one line a module. */
export const contracts = {
} as const
