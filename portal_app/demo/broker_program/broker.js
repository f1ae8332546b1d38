// The test broker: npm's `oidc-provider`, told which portal it serves and which logins there are.
//
// Who started it writes its settings as one line of JSON to its standard input, and closing that
// ends it. Every token is the provider's own work; what stands here are the pages on which somebody
// chooses what a supplier would say.

import { createHash, generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { Provider } from "oidc-provider";
import { chooser, languageOf, supplierLogin, supplierNames } from "./pages.js";

const LEVEL = "urn:etoegang:core:assurance-class:";
const KIND = "urn:etoegang:1.9:EntityConcernedID:";
const LEGAL_SUBJECT = "urn:etoegang:core:LegalSubjectID";
const ACTING_SUBJECT = "urn:etoegang:core:ActingSubjectID";
const BRANCH = "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr";
const INTERMEDIATE = "urn:etoegang:1.9:IntermediateEntityID:KvKnr";
const LEVELS = ["loa2", "loa2plus", "loa3", "loa4"];
const A_CITIZEN = "999990019"; // in a range that is never issued
const AN_INTERMEDIARY = "90004799";

const settings = JSON.parse(await firstLine());
const logins = new Map(); // what a supplier says of somebody who logged in, by account
const troubles = new Map(); // what goes wrong when their code is exchanged

const provider = new Provider(settings.issuer, {
  clients: [
    {
      client_id: settings.client_id,
      client_secret: settings.client_secret,
      redirect_uris: [settings.redirect_uri],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  jwks: { keys: [newKey()] }, // another one after every start, as keys of a broker rotate
  cookies: { keys: [randomBytes(32).toString("hex")] },
  pkce: { required: () => true },
  acrValues: LEVELS.map((level) => LEVEL + level),
  claims: {
    openid: ["sub", "namequalifier", LEGAL_SUBJECT, ACTING_SUBJECT, BRANCH, INTERMEDIATE],
  },
  conformIdTokenClaims: false, // a broker puts its claims in the token itself
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...logins.get(id) }) }),
  interactions: { url: (_ctx, interaction) => `/inloggen/${interaction.uid}` },
  loadExistingGrant: allowed,
  features: {
    devInteractions: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    userinfo: { enabled: false },
  },
  ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 900, IdToken: 300, Interaction: 900, Session: 900 },
});

provider.use(async (ctx, next) => {
  if (ctx.path.startsWith("/auth")) forgetSession(ctx);
  if (ctx.path.startsWith("/inloggen/")) await interact(ctx);
  else await next();
  if (ctx.path === "/token") await trouble(ctx);
});
provider.listen(settings.port, "127.0.0.1");

// A supplier asks for credentials each time, and each time somebody may be somebody else.
function forgetSession(ctx) {
  const kept = (ctx.req.headers.cookie ?? "").split(/;\s*/);
  ctx.req.headers.cookie = kept.filter((one) => !one.startsWith("_session")).join("; ");
}

async function interact(ctx) {
  const { params } = await provider.interactionDetails(ctx.req, ctx.res);
  const form = ctx.method === "POST" ? await formOf(ctx) : {};
  const locale = languageOf(ctx, settings, params.ui_locales);
  const page = { settings, locale, path: ctx.path, params, form };
  if (ctx.query.taal) {
    ctx.cookies.set("broker_language", locale, { sameSite: "lax", path: ctx.path });
  }
  ctx.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
  ctx.set("Cache-Control", "no-store");
  ctx.type = "html";
  if (form.doe === "cancel") await refuse(ctx, "cancelled");
  else if (form.doe === "log_in") await logIn(ctx, form);
  else if (supplierNames.includes(form.supplier)) {
    remember(ctx, form);
    ctx.body = supplierLogin(page);
  } else {
    const remembered = ctx.cookies.get("broker_supplier") ?? "";
    ctx.body = chooser({ ...page, remembered, wrong: form.doe === "choose" });
  }
}

function remember(ctx, { supplier, remember: wanted }) {
  const value = wanted ? encodeURIComponent(supplier) : null;
  ctx.cookies.set("broker_supplier", value, { sameSite: "lax" });
}

function refuse(ctx, error_description) {
  const result = { error: "access_denied", error_description };
  return provider.interactionFinished(ctx.req, ctx.res, result);
}

async function logIn(ctx, form) {
  if (form.outcome === "no_mandate") return refuse(ctx, "no_mandate");
  const accountId = randomUUID();
  logins.set(accountId, saidOf(form));
  if (["slow", "broken"].includes(form.outcome)) troubles.set(accountId, form.outcome);
  const acr = LEVEL + (LEVELS.includes(form.level) ? form.level : "loa3");
  return provider.interactionFinished(ctx.req, ctx.res, {
    login: { accountId, acr, remember: false },
  });
}

function saidOf(form) {
  const company = (form.other_company || form.company || "").replaceAll(/\D/g, "");
  const said = {
    namequalifier: `${KIND}KvKnr`,
    [LEGAL_SUBJECT]: company,
    [ACTING_SUBJECT]: pseudonym(form.username, company),
  };
  const branch = (form.branch || "").replaceAll(/\D/g, "");
  if (branch) said[BRANCH] = branch;
  if (form.outcome === "chain") said[INTERMEDIATE] = AN_INTERMEDIARY;
  if (form.outcome === "citizen") {
    said.namequalifier = `${KIND}BSN`;
    said[LEGAL_SUBJECT] = A_CITIZEN;
  }
  return said;
}

// A supplier names the same person in the same way, and another way at another company.
function pseudonym(username, company) {
  const name = (username || "").trim().toLowerCase();
  const person = createHash("sha256").update(`person ${name}`).digest("hex");
  const place = createHash("sha256").update(`company ${company}`).digest("hex");
  return `${person.toUpperCase()}@${place.slice(0, 32).toUpperCase()}`;
}

async function trouble(ctx) {
  const account = ctx.oidc?.entities?.AuthorizationCode?.accountId;
  if (troubles.get(account) === "slow") {
    await new Promise((resolve) => setTimeout(resolve, settings.slow_seconds * 1000));
  } else if (troubles.get(account) === "broken") {
    ctx.status = 502;
    ctx.body = "The supplier does not answer.";
  }
}

// There is nothing to consent to: whoever logs in has chosen this portal.
async function allowed(ctx) {
  const { client, session } = ctx.oidc;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope("openid");
  await grant.save();
  return grant;
}

function newKey() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const kid = randomBytes(8).toString("hex");
  return { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid };
}

async function formOf(ctx) {
  let body = "";
  for await (const chunk of ctx.req) {
    body += chunk;
    if (body.length > 10_000) ctx.throw(413);
  }
  return Object.fromEntries(new URLSearchParams(body));
}

function firstLine() {
  return new Promise((resolve) => {
    let read = "";
    process.stdin.setEncoding("utf8");
    process.stdin.on("data", (part) => {
      read += part;
      if (read.includes("\n")) resolve(read.split("\n")[0]);
    });
    process.stdin.on("end", () => process.exit(0));
  });
}
