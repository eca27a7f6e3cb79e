/** The version of the product: what services say of themselves. */
export const version = '0.1.0';
