using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using MimeKit;
using Standstill.Protocol;
using Standstill.Protocol.Json;
using Standstill.Protocol.Statements;

namespace Standstill.Node.Notices;

/// <summary>Reads the file that says who is told: JSON, strictly. Every fault is found at once, an unknown field is one.</summary>
public static class NoticeFile
{
    /// <summary>Most subscriptions.</summary>
    public const int Most = 100;

    /// <summary>Reads a file. Secrets and passwords are in files of their own, named from this one's directory.</summary>
    /// <returns>The settings, or every fault with its place.</returns>
    public static Parsed<NoticeSettings> Read(string file)
    {
        if (!File.Exists(file))
        {
            return Parsed<NoticeSettings>.Bad($"`{file}`", "there is no such file", "name the file that says who is told");
        }

        if (!StrictJson.TryParse(File.ReadAllBytes(file), out var json, out var fault))
        {
            return Parsed<NoticeSettings>.Bad([fault!]);
        }

        var directory = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var read = Fields.Read(json, "", f => Settings(f, directory));
        ImmutableArray<Fault> faults = [.. Unknown(json, ""), .. read.Faults];
        return faults.IsEmpty ? read : Parsed<NoticeSettings>.Bad(faults);
    }

    private static NoticeSettings Settings(Fields f, string directory)
    {
        var site = Address(f, "site", "The node's public address, where links in notices lead");
        var server = f.ObjectOrNull("smtp", "The server that takes mail", s => Server(s, directory));
        var subscriptions = f.List("subscriptions", 1, Most, "Who is told", s => Subscription(s, server, directory));
        f.Require(
            subscriptions.Select(s => s.Name).Distinct(StringComparer.Ordinal).Count() == subscriptions.Length,
            "subscriptions", "two have the same name", "give each a name of its own");
        return new NoticeSettings(site, subscriptions);
    }

    private static Subscription Subscription(Fields f, MailServer? server, string directory)
    {
        var name = f.Name("name", "subscription", "Its name in logs and metrics");
        var webhook = f.ObjectOrNull("webhook", "Tells by HTTP", w => Webhook(w, directory));
        var mail = f.ObjectOrNull("mail", "Tells by mail", m => new Box(Mailbox(m, "to", "To whom")));
        f.Require(webhook is null != mail is null, "webhook", "a subscription has either `webhook` or `mail`", "give one of the two");
        f.Require(mail is null || server is not null, "mail", "there is no mail server", "name one in `smtp`");
        var pacts = f.Texts("pacts", 1000, 63, "The pacts that it hears about; absent for all");
        f.Require(pacts.All(Slug.IsGood), "pacts", "one is not a pact's name", $"use {Slug.Rule}");
        var weight = f.NameOrNull("weight", "weight", "`important` for important notices only; absent or `routine` for all");
        f.Require(weight is null or "routine" or "important", "weight", $"`{weight}` is not a weight", "use `routine` or `important`");
        Route route = webhook is not null ? webhook : new Route.Mail(mail?.Address ?? Nobody, server ?? NoServer);
        return new Subscription(
            name,
            route,
            [.. pacts.Where(Slug.IsGood).Select(p => new PactId(p))],
            weight == "important" ? NoticeWeight.Important : NoticeWeight.Routine);
    }

    private static Route.Webhook Webhook(Fields f, string directory)
    {
        var url = Address(f, "url", "Where messages are posted");
        var text = FirstLine(f, "secretFile", f.Text("secretFile", 1024, "A file with the secret that messages are signed with"), directory);
        var secret = WebhookSecret.Parse(text ?? "", "");
        f.Require(text is null || secret.IsGood, "secretFile", "the file does not hold a webhook secret", secret.IsGood ? "" : secret.Faults[0].Remedy);
        return new Route.Webhook(url, secret.IsGood ? secret.Value : WebhookSecret.None);
    }

    private static MailServer Server(Fields f, string directory)
    {
        var host = f.Text("host", 253, "Its name or address");
        var port = f.Whole("port", 1, 65535, "", "587 for STARTTLS, 465 for TLS, as a rule");
        var security = f.Choice<MailSecurity>("security", "How the connection is protected");
        var user = f.TextOrNull("user", 320, "The user; absent where the server asks for none");
        var file = f.TextOrNull("passwordFile", 1024, "A file with the user's password");
        f.Require(user is null == file is null, "passwordFile", "user and password go together", "give both or neither");
        var password = FirstLine(f, "passwordFile", file ?? "", directory);
        f.Require(user is null || security != MailSecurity.None, "security", "a password would go over the network in the clear", "use `starttls` or `tls`");
        return new MailServer(host, (int)port, security, user is null ? null : (user, password ?? ""), Mailbox(f, "from", "Whom mail is from"));
    }

    private static Uri Address(Fields f, string name, string meaning)
    {
        var text = f.Text(name, 2048, meaning);
        var good = Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0;
        f.Require(good || text.Length == 0, name, $"`{text}` is not an http address", "write one like `https://registry.example/`, without user and password");
        return good ? address! : NodeSettings.DefaultListen;
    }

    private static MailboxAddress Mailbox(Fields f, string name, string meaning)
    {
        var text = f.Text(name, 320, meaning);
        var good = MailboxAddress.TryParse(text, out var mailbox) && mailbox.Domain.Length > 0;
        f.Require(good || text.Length == 0, name, $"`{text}` is not a mail address", "write one like `desk@lab.example`");
        return good ? mailbox! : Nobody;
    }

    // The first line of a file that is named; null where none is named, and with a fault where there is none.
    private static string? FirstLine(Fields f, string name, string file, string directory)
    {
        if (file.Length == 0)
        {
            return null;
        }

        var path = Path.Combine(directory, file);
        var line = File.Exists(path) ? File.ReadLines(path, Encoding.UTF8).FirstOrDefault()?.Trim() : null;
        f.Require(!string.IsNullOrEmpty(line), name, $"`{path}` is not there or empty", "put the secret on its first line");
        return string.IsNullOrEmpty(line) ? null : line;
    }

    // A field that is misspelt would otherwise be a wish unheard.
    private static IEnumerable<Fault> Unknown(JsonElement json, string under)
    {
        var known = Fields.Describe(f => Settings(f, "")).Select(d => d.Path).ToHashSet(StringComparer.Ordinal);
        return In(json, "", under);

        IEnumerable<Fault> In(JsonElement value, string pattern, string place) => value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().SelectMany(p =>
            {
                var (path, at) = pattern.Length == 0 ? (p.Name, p.Name) : ($"{pattern}.{p.Name}", $"{place}.{p.Name}");
                return known.Contains(path) ? In(p.Value, path, at) : [new Fault(at, "there is no such field", $"use one of {Siblings(pattern)}")];
            }),
            JsonValueKind.Array => value.EnumerateArray().SelectMany((item, i) => In(item, pattern + "[]", $"{place}[{i}]")),
            _ => [],
        };

        string Siblings(string pattern) => string.Join(", ", known
            .Where(k => (k.Contains('.') ? k[..k.LastIndexOf('.')] : "") == pattern).Order(StringComparer.Ordinal).Select(k => $"`{k[(k.LastIndexOf('.') + 1)..]}`"));
    }

    private static MailboxAddress Nobody => new("", "nobody@example.invalid");

    private static MailServer NoServer => new("", 1, MailSecurity.None, null, Nobody);

    private sealed record Box(MailboxAddress Address);
}
