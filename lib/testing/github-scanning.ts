import { generateKeyPairSync, sign } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** GitHub's secret scanning as tests need it: it serves its public keys, and signs messages. */
export type GithubScanning = {
  keysUrl: string;
  /** How often the keys were asked for. */
  asked: () => number;
  /** The headers of a message with this body, signed by GitHub or by a forger. */
  headersFor: (body: string, forged?: boolean) => Record<string, string>;
  close: () => Promise<void>;
};

const IDENTIFIER = "f9525bf080f75b3506ca1ead061add62b8633a346606dc5fe544e29231c6ee0d";

/** Starts a server with one public key, in GitHub's own form. */
export async function startGithubScanning(): Promise<GithubScanning> {
  const github = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const forger = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = github.publicKey.export({ type: "spki", format: "pem" });
  const list = { public_keys: [{ key_identifier: IDENTIFIER, key, is_current: true }] };
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.end(JSON.stringify(list));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    keysUrl: `http://127.0.0.1:${port}/meta/public_keys/secret_scanning`,
    asked: () => asked,
    headersFor: (body, forged = false) => {
      const { privateKey } = forged ? forger : github;
      return {
        "content-type": "application/json",
        "github-public-key-identifier": IDENTIFIER,
        "github-public-key-signature": sign("sha256", Buffer.from(body), privateKey).toString(
          "base64",
        ),
      };
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
