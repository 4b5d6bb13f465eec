/** A parsed form: what Stripe's bracket notation can say. */
export type FormValue = string | FormValue[] | Form;
export type Form = { [key: string]: FormValue };

/** A field still as a path: `a[b][]` is ['a', 'b', '']. */
type Field = { readonly path: readonly string[]; readonly value: string };

const pathOf = (name: string): string[] => {
  const [head = '', ...rest] = name.split('[');
  return [head, ...rest.map((part) => (part.endsWith(']') ? part.slice(0, -1) : part))];
};

/** Fields by the first step of their path, in the order they came. `list[]=a&list[]=b` are two elements, not one. */
const groupsOf = (fields: readonly Field[]): Map<string, Field[]> => {
  const groups = new Map<string, Field[]>();
  for (const [index, { path, value }] of fields.entries()) {
    const [key = '', ...rest] = path;
    const name = key === '' ? `[${index}]` : key;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [{ path: rest, value }]);
    else group.push({ path: rest, value });
  }
  return groups;
};

const buildObject = (fields: readonly Field[]): Form => {
  // No prototype, so that a field called __proto__ is a field like any other.
  const form: Form = Object.create(null);
  for (const [key, group] of groupsOf(fields)) form[key] = buildValue(group);
  return form;
};

const buildValue = (fields: readonly Field[]): FormValue => {
  const direct = fields.findLast((field) => field.path.length === 0);
  if (direct !== undefined) return direct.value;
  const isList = fields.every(({ path }) => path[0] === '' || /^\d+$/.test(path[0] ?? 'x'));
  return isList ? [...groupsOf(fields).values()].map(buildValue) : buildObject(fields);
};

/** Parses a form-encoded body or a query string: `metadata[bookingId]=bkg_1&expand[]=latest_charge`. */
export const parseForm = (encoded: string): Form =>
  buildObject([...new URLSearchParams(encoded)].map(([name, value]) => ({ path: pathOf(name), value })));
