/** Who made what there is. */
export const creator = { firstName: 'Local', lastName: 'Owner', email: 'meb10000@hopline.local', username: 'meb10000' }
