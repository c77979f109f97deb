using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Standstill.Protocol.Statements;

namespace Standstill.Protocol.Pacts.Terms;

/// <summary>The text of a pact of version 2.</summary>
/// <remarks>
/// One field a line, `pact` first and the others in any order; a field stands once where nothing else is said. `#` begins a comment,
/// to the end of its line. A text in quotation marks has 1 to 500 characters (a title 200), none of them a quotation mark.
/// <code>
/// pact "title"
/// stop training runs above NUMBER FLOP          ; 1 to 32 lines; 1 to 1e32
/// stop runs of kind KIND *("," KIND)            ; pretraining, post-training, research, safety
/// stop acceleration of AI research by AI
/// stop clusters above COUNT accelerators        ; 1 to 1,000,000,000
/// stop "words"
/// allow inference                               ; 0 to 32 lines
/// allow safety work
/// allow run RUN of PARTY
/// allow "words"
/// trigger TRIGGER
/// prepare within DAYS                           ; 1 to 365
/// notice DAYS                                   ; 0 to 3650, as all that follows
/// cure DAYS
/// rulings within DAYS                           ; 1 to 3650
/// silence DAYS                                  ; optional: 1 to 365, and only where something is owed
/// owe heartbeat every DAYS                      ; optional, and so for `balance` and `inspection`: 1 to 365
/// withdraw with DAYS of notice
/// blackout DAYS
/// probation DAYS
/// lasts at most DAYS                            ; optional: 1 to 3650
/// review every DAYS                             ; optional: 1 to 3650
/// release by trigger                            ; this, the next or both
/// release by (all / COUNT "%" of) members       ; 1 to 100
/// lift to COUNT% after DAYS                     ; 0 to 32 lines, falling from 99 to 1; 1 to 3650 days
/// count pact PACT                               ; 0 to 32 lines
/// seal with COUNT of PARTY *("," PARTY)         ; optional: 2 to 32 trustees, 2 or more of them
/// tell a coarse count                           ; optional, with `seal` alone
/// </code>
/// DAYS is a whole number and `days`, or `day`.
/// </remarks>
public static class PactTermsText
{
    /// <summary>The length of a text, in characters.</summary>
    public const int Characters = 8192;

    private const int FieldWidth = 8;

    /// <summary>Reads a text.</summary>
    /// <returns>The terms, or every fault: its line and field, what is wrong and how to put it right.</returns>
    public static Parsed<PactTerms> Parse(string text) => text.Length > Characters
        ? Parsed<PactTerms>.Bad("", $"the pact has {text.Length} characters, more than {Characters}", "say less, or in fewer words")
        : PactTermsReader.Read(text);

    /// <summary>The canonical text, with a line break at its end.</summary>
    /// <exception cref="ArgumentException">The terms are of version 1, which have no text.</exception>
    public static string Format(PactTerms terms)
    {
        PactLife life = terms.Life ?? throw new ArgumentException("terms of version 1 have no text", nameof(terms));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"pact \"{terms.Title}\"\n");
        Each("stop", terms.Scope.Stops, s => s is ScopeStop.Other ? $"\"{s}\"" : s.ToString());
        Each("allow", terms.Scope.Allowances, a => a is ScopeAllowance.Other ? $"\"{a}\"" : a.ToString());
        Line("trigger", terms.Trigger.ToString());
        Line("prepare", $"within {Days(life.Preparation)}");
        Line("notice", Days(terms.Notice));
        Line("cure", Days(terms.Cure));
        Line("rulings", $"within {Days(life.Rulings)}");
        Maybe("silence", life.Silence, d => d);
        Each("owe", [.. life.Owed.OrderBy(o => o.Kind)], o => $"{Words.Of(o.Kind)} every {Days(o.Every)}");
        Line("withdraw", $"with {Days(terms.WithdrawalNotice)} of notice");
        Line("blackout", Days(life.Blackout));
        Line("probation", Days(life.Probation));
        Maybe("lasts", terms.MaximumDuration, d => $"at most {d}");
        Maybe("review", life.Review, d => $"every {d}");
        Each("release", Releases(life.Release), r => r);
        Each("lift", life.Lifting, l => string.Create(CultureInfo.InvariantCulture, $"to {l.Degree}% after {Days(l.After)}"));
        Each("count", [.. life.Nested], p => $"pact {p}");
        if (life.Seal is { } seal)
        {
            Line("seal", string.Create(CultureInfo.InvariantCulture, $"with {seal.Threshold} of {string.Join(", ", seal.Trustees)}"));
        }

        if (life.Seal is { CoarseCount: true })
        {
            Line("tell", "a coarse count");
        }

        return text.ToString();

        void Line(string field, string rest) => text.Append(CultureInfo.InvariantCulture, $"  {field.PadRight(FieldWidth)} {rest}\n");

        void Each<T>(string field, ImmutableArray<T> items, Func<T, string> rest)
        {
            foreach (T item in items)
            {
                Line(field, rest(item));
            }
        }

        void Maybe(string field, TimeSpan? span, Func<string, string> rest)
        {
            if (span is { } some)
            {
                Line(field, rest(Days(some)));
            }
        }
    }

    private static ImmutableArray<string> Releases(ReleaseRule release)
    {
        string[] trigger = release.ByTrigger ? ["by trigger"] : [];
        string[] members = release.MembersPercent switch
        {
            null => [],
            100 => ["by all members"],
            { } percent => [string.Create(CultureInfo.InvariantCulture, $"by {percent}% of members")],
        };
        return [.. trigger, .. members];
    }

    private static string Days(TimeSpan span) =>
        span == TimeSpan.FromDays(1) ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0} days");
}
