using System.Collections.Immutable;
using MimeKit;
using Standstill.Protocol;

namespace Standstill.Node.Notices;

/// <summary>Who is told of what, and how.</summary>
/// <param name="Site">The node's public address, where links in notices lead.</param>
/// <param name="Subscriptions">Who is told. Their names differ.</param>
public sealed record NoticeSettings(Uri Site, ImmutableArray<Subscription> Subscriptions)
{
    /// <summary>How long a receiver that does not answer is waited for.</summary>
    public Patience Patience { get; init; } = Patience.Usual;
}

/// <summary>One receiver.</summary>
/// <param name="Name">Its name in logs, metrics and the record of what was delivered.</param>
/// <param name="Route">How it is reached.</param>
/// <param name="Pacts">What it wants to hear about; empty for every pact, those to come too.</param>
/// <param name="Weight">The least weight that it wants to hear of.</param>
public sealed record Subscription(string Name, Route Route, ImmutableSortedSet<PactId> Pacts, NoticeWeight Weight)
{
    /// <summary>Whether it wants to hear of a notice.</summary>
    public bool Wants(Notice notice) => notice.Weight >= Weight && WantsAbout(notice.Pact);

    /// <summary>Whether it wants to hear about a pact.</summary>
    public bool WantsAbout(PactId pact) => Pacts.IsEmpty || Pacts.Contains(pact);
}

/// <summary>How a receiver is reached.</summary>
public abstract record Route
{
    private Route()
    {
    }

    /// <summary>By an HTTP POST.</summary>
    /// <param name="Url">Where to. Only the operator names it; nothing on the ledger can.</param>
    /// <param name="Secret">What the messages are signed with.</param>
    public sealed record Webhook(Uri Url, WebhookSecret Secret) : Route;

    /// <summary>By mail.</summary>
    /// <param name="To">To whom.</param>
    /// <param name="Server">Through which server.</param>
    public sealed record Mail(MailboxAddress To, MailServer Server) : Route;
}

/// <summary>How the connection to a mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>STARTTLS, without which nothing is sent. Usually port 587.</summary>
    Starttls,

    /// <summary>TLS from the first byte. Usually port 465.</summary>
    Tls,

    /// <summary>None: for a server on the same machine.</summary>
    None,
}

/// <summary>A server that takes mail to be sent.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Security">How the connection is protected.</param>
/// <param name="Login">User and password; null where the server asks for none.</param>
/// <param name="From">Whom the mail is from.</param>
public sealed record MailServer(string Host, int Port, MailSecurity Security, (string User, string Password)? Login, MailboxAddress From);

/// <summary>How long a receiver that does not take a notice is waited for.</summary>
/// <param name="FirstWait">The wait after the first failed delivery; each further one is four times as long.</param>
/// <param name="LongestWait">The longest wait.</param>
/// <param name="GivesUpAfter">How long after the first failure of a notice no further delivery is tried.</param>
public sealed record Patience(TimeSpan FirstWait, TimeSpan LongestWait, TimeSpan GivesUpAfter)
{
    /// <summary>10 s, 40 s, … at most 2 h; three days in all.</summary>
    public static Patience Usual { get; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromHours(2), TimeSpan.FromDays(3));

    /// <summary>The wait after so many failed deliveries, at least one.</summary>
    public TimeSpan After(int failures)
    {
        var wait = FirstWait;
        for (var i = 1; i < failures && wait < LongestWait; i++)
        {
            wait *= 4;
        }

        return wait < LongestWait ? wait : LongestWait;
    }
}
