export type Snippet = { id: string; label: string; code: string };

/**
 * The first call to make, in the languages people ask for. The secret is read from the environment, so
 * that nobody pastes it into code.
 */
export function firstCallSnippets(origin: string): readonly Snippet[] {
  const url = `${origin}/api/v1/me`;
  return [
    { id: "curl", label: "curl", code: curl(url) },
    { id: "node", label: "Node.js", code: node(url) },
    { id: "python", label: "Python", code: python(url) },
    { id: "php", label: "PHP", code: php(url) },
  ];
}

function curl(url: string): string {
  return `curl ${url} \\
  -H "Authorization: Bearer $POSTERN_API_KEY"`;
}

function node(url: string): string {
  return `const response = await fetch("${url}", {
  headers: { Authorization: \`Bearer \${process.env.POSTERN_API_KEY}\` },
});
console.log(await response.json());`;
}

function python(url: string): string {
  return `import os
import requests

response = requests.get(
    "${url}",
    headers={"Authorization": f"Bearer {os.environ['POSTERN_API_KEY']}"},
)
print(response.json())`;
}

function php(url: string): string {
  return `<?php
$key = getenv("POSTERN_API_KEY");
$curl = curl_init("${url}");
curl_setopt($curl, CURLOPT_RETURNTRANSFER, true);
curl_setopt($curl, CURLOPT_HTTPHEADER, ["Authorization: Bearer $key"]);
echo curl_exec($curl);`;
}
