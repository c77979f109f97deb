using System.Collections.Immutable;
using System.Globalization;

namespace Standstill.Protocol.Pacts.Terms;

/// <summary>The ranges of terms, and what lies outside them. Reports every fault.</summary>
internal sealed class PactTermsCheck
{
    public const int TitleCharacters = 200;
    public const int ItemCharacters = 500;
    private const int Items = 32;
    private const double MostFlop = 1e32;

    private readonly ImmutableArray<Fault>.Builder faults = ImmutableArray.CreateBuilder<Fault>();

    public Parsed<PactTerms> Result(Func<PactTerms> terms) =>
        faults.Count > 0 ? Parsed<PactTerms>.Bad(faults.DrainToImmutable()) : Parsed<PactTerms>.Good(terms());

    public void Refuse(string place, string message, string remedy) => faults.Add(new Fault(place, message, remedy));

    public void Text(string place, string text, int most)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            Refuse(place, "the text is blank", $"write 1 to {most} characters");
        }
        else if (text.Length > most)
        {
            Refuse(place, $"the text has {text.Length} characters", $"write 1 to {most} characters");
        }
    }

    /// <summary>A text that stands in quotation marks on one line.</summary>
    public void Line(string place, string text, int most)
    {
        Text(place, text, most);
        if (text.Any(c => c == '"' || char.IsControl(c)))
        {
            Refuse(place, "the text has a quotation mark or a control character", "leave it out");
        }
    }

    public void Time(string place, TimeSpan span)
    {
        if (span < TimeSpan.Zero || span > PactTerms.Longest)
        {
            NoSuchLength(place, span, 0, 3650);
        }
    }

    public void Days(string place, TimeSpan? span, int least, int most)
    {
        if (span is { } some && (some < TimeSpan.FromDays(least) || some > TimeSpan.FromDays(most) || some.Ticks % TimeSpan.TicksPerDay != 0))
        {
            NoSuchLength(place, some, least, most);
        }
    }

    public void Most(string place, int count, string what)
    {
        if (count > Items)
        {
            Refuse(place, $"there are {count} {what}, more than {Items}", "leave some out");
        }
    }

    public void Stops(ImmutableArray<ScopeStop> stops)
    {
        if (stops.IsEmpty)
        {
            Refuse("stop", "nothing stops", "add a line such as `stop training runs above 1e26 FLOP`");
        }

        Most("stop", stops.Length, "things that stop");
        Each("stop", stops, (place, stop) =>
        {
            switch (stop)
            {
                case ScopeStop.TrainingAbove { Flop: var flop } when !(flop >= 1 && flop <= MostFlop):
                    Refuse(place, $"`{flop.ToString("R", CultureInfo.InvariantCulture)}` FLOP is not the compute of a training run", "give 1 to 1e32 FLOP");
                    break;
                case ScopeStop.RunsOfKind { Purposes: var kinds } when kinds.IsEmpty || kinds.Distinct().Count() < kinds.Length:
                    Refuse(place, kinds.IsEmpty ? "no kind of run is named" : "a kind of run stands twice", "name each kind once");
                    break;
                case ScopeStop.ClustersAbove { Accelerators: var size } when size is < 1 or > 1_000_000_000:
                    Refuse(place, string.Create(CultureInfo.InvariantCulture, $"`{size}` is not the size of a cluster"), "give 1 to 1000000000 accelerators");
                    break;
                case ScopeStop.Other other:
                    Line(place, other.Text, ItemCharacters);
                    break;
            }
        });
    }

    public void Allowances(ImmutableArray<ScopeAllowance> allowances)
    {
        Most("allow", allowances.Length, "things that stay allowed");
        Each("allow", allowances, (place, allowance) =>
        {
            if (allowance is ScopeAllowance.Other other)
            {
                Line(place, other.Text, ItemCharacters);
            }
        });
    }

    public void Owed(PactLife life)
    {
        for (int i = 0; i < life.Owed.Length; i++)
        {
            Duty duty = life.Owed[i];
            string place = string.Create(CultureInfo.InvariantCulture, $"owe[{i}]");
            Days(place, duty.Every, 1, 365);
            if (life.Owed[..i].Any(d => d.Kind == duty.Kind))
            {
                Refuse(place, $"`{Statements.Words.Of(duty.Kind)}` is owed twice", "say once how often");
            }
        }

        if (life.Silence is not null && life.Owed.IsEmpty)
        {
            Refuse("silence", "nobody owes evidence, so that nobody can be silent", "add a line such as `owe heartbeat every 1 day`, or leave `silence` out");
        }
    }

    public void Release(ReleaseRule release)
    {
        if (release is { ByTrigger: false, MembersPercent: null })
        {
            Refuse("release", "nothing releases the pact", "add `release by trigger`, `release by all members` or both");
        }
        else if (release.MembersPercent is < 1 or > 100)
        {
            Refuse("release", string.Create(CultureInfo.InvariantCulture, $"`{release.MembersPercent}` is not a share of members in per cent"), "give a whole number from 1 to 100");
        }
    }

    public void Lifting(ImmutableArray<LiftingStep> steps)
    {
        int before = 100;
        for (int i = 0; i < steps.Length; i++)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"lift[{i}]");
            int degree = steps[i].Degree;
            if (degree < 1 || degree >= before)
            {
                Refuse(
                    place,
                    string.Create(CultureInfo.InvariantCulture, $"`{degree}` per cent is no step down from `{before}`"),
                    "let the steps fall from 99 to 1 per cent; the end of the pause after the last one is understood");
            }

            before = Math.Min(before, degree);
            Days(place, steps[i].After, 1, 3650);
        }

        Most("lift", steps.Length, "steps");
    }

    public void Seal(SealTerms? seal)
    {
        if (seal is null)
        {
            return;
        }

        if (seal.Trustees.Count > Sealing.Trustees.Most)
        {
            Refuse("seal", string.Create(CultureInfo.InvariantCulture, $"there are {seal.Trustees.Count} trustees, more than {Sealing.Trustees.Most}"), "name fewer: every sealed commitment carries a share for each");
            return;
        }

        if (seal.Threshold < Sealing.Trustees.LowestThreshold || seal.Threshold > seal.Trustees.Count)
        {
            Refuse(
                "seal",
                string.Create(CultureInfo.InvariantCulture, $"`{seal.Threshold}` of {seal.Trustees.Count} trustees can never be"),
                "let 2 of the trustees or more, up to all of them, open what is sealed: one alone would know everything");
        }
    }

    private void Each<T>(string field, ImmutableArray<T> items, Action<string, T> check)
        where T : notnull
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < items.Length; i++)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"{field}[{i}]");
            check(place, items[i]);
            if (!seen.Add(items[i].ToString()!))
            {
                Refuse(place, "the same stands twice", "leave one out");
            }
        }
    }

    private void NoSuchLength(string place, TimeSpan span, int least, int most) => Refuse(
        place,
        string.Create(CultureInfo.InvariantCulture, $"`{span.TotalDays:0.##}` days is not a length that a pact may have"),
        string.Create(CultureInfo.InvariantCulture, $"give {least} to {most} days"));
}
