/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // In development Next would print every action's arguments, passwords and invitations among them.
  logging: { serverFunctions: false },
  // `npm test` checks types; a first start need not wait for them.
  typescript: { ignoreBuildErrors: true },
  // The optimizer has been an attack surface again and again, and this product shows no photographs.
  images: { unoptimized: true },
  experimental: {
    // Fewer and larger files compress better.
    turbopackChunking: { minChunkSize: 200_000 },
    // Ways to fetch pages ahead, of which `components/ui/link.tsx` uses none.
    optimisticRouting: false,
    varyParams: false,
    prefetchInlining: false,
  },
  serverExternalPackages: ["@node-rs/argon2", "pg", "pino", "@prisma/adapter-pg", "@prisma/client"],
};
