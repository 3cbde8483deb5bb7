/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // The optimizer has been an attack surface again and again, and this product shows no photographs.
  images: { unoptimized: true },
  serverExternalPackages: ["@node-rs/argon2", "pg", "pino", "@prisma/adapter-pg", "@prisma/client"],
};
