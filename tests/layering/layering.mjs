// Finds violations of rules.mjs. Works on a list of { path, text }, so that its own test can give
// it bad examples.
import { posix } from "node:path";

import { folders, standardHeader, thirdParty } from "./rules.mjs";

const include = /^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]/gm;
const moduleImport = /(?:\bfrom\s*|\bimport\s*\(?\s*|new URL\(\s*(?=["']\.))["']([^"'\n]+)["']/g;
const generatedTable = /^[a-z0-9_]+\.inc$/; // written by the build beside the folder's objects

function checkQuoted(folder, header) {
  const other = header.split("/")[0];
  if (generatedTable.test(header)) return undefined;
  if (!header.includes("/")) return "name the folder too";
  if (other === folder || folders[folder].includes(other) || folders[folder].includes(header)) {
    return undefined;
  }
  return `${folder} may include ${folders[folder].join(", ") || "the standard library"} alone`;
}

function checkAngled(folder, header) {
  const rule = thirdParty.find((entry) => entry.header.test(header));
  if (rule) return rule.folder === folder ? undefined : `only ${rule.folder} may include it`;
  return standardHeader.test(header) ? undefined : "neither the standard library nor in the table";
}

function checkCpp({ path, text }) {
  const folder = path.split("/")[1];
  if (!(folder in folders)) return [`${path}: wasm/${folder} is not in the table`];
  return [...text.matchAll(include)].flatMap(([, quote, header]) => {
    const problem = quote === '"' ? checkQuoted(folder, header) : checkAngled(folder, header);
    return problem ? [`${path}: includes ${header}: ${problem}`] : [];
  });
}

function checkLibImport(path, specifier, dependencies) {
  if (specifier.startsWith(".")) {
    const target = posix.join(posix.dirname(path), specifier);
    return target.startsWith("web/lib/src/") ? undefined : "leaves web/lib/src";
  }
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  return dependencies.includes(name) ? undefined : "is not a dependency of the package";
}

function checkAppImport(path, specifier) {
  if (specifier.startsWith("glassformer/")) return "reaches inside the package";
  if (!specifier.startsWith(".")) return undefined;
  const target = posix.join(posix.dirname(path), specifier);
  return target.startsWith("web/app/") ? undefined : "leaves web/app";
}

function checkWeb({ path, text }, dependencies) {
  return [...text.matchAll(moduleImport)].flatMap(([, specifier]) => {
    const problem = path.startsWith("web/lib/")
      ? checkLibImport(path, specifier, dependencies)
      : checkAppImport(path, specifier);
    return problem ? [`${path}: imports ${specifier}: ${problem}`] : [];
  });
}

/** Every violation in `files`, in words. `dependencies` are the packages that web/lib declares. */
export function findViolations(files, dependencies = []) {
  return files.flatMap((file) =>
    file.path.startsWith("wasm/") ? checkCpp(file) : checkWeb(file, dependencies),
  );
}
