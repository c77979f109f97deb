using Standstill.Protocol.Pacts.Terms;
using Standstill.Protocol.Triggers;

namespace Standstill.Protocol.Statements.Bodies;

/// <summary>A trigger, or a new version of one, is put forward.</summary>
public sealed record TriggerProposedBody(TriggerId Trigger, string Text, Trigger Parsed, string Rationale) : Body
{
    internal static TriggerProposedBody Read(Fields f)
    {
        var id = new TriggerId(f.Name("trigger", "trigger", "its name; versions share it"));
        var text = f.Text("text", 8192, "the trigger in its language");
        var rationale = f.Text("rationale", 4000, "why these conditions");
        return new TriggerProposedBody(id, text, f.Meaning("text", TriggerParser.Parse(text))!, rationale);
    }
}

/// <summary>A panel member votes on one version of a trigger.</summary>
public sealed record TriggerVotedBody(TriggerId Trigger, int Version, VoteChoice Choice, string? Reason) : Body
{
    internal static TriggerVotedBody Read(Fields f) => new(
        new TriggerId(f.Name("trigger", "trigger", "the trigger")),
        (int)f.Whole("version", 1, 1_000_000, "", "its version"),
        f.Choice<VoteChoice>("choice", "`adopt`, `reject`, `retire`, or `release` of what it has called"),
        f.TextOrNull("reason", 2000, "why"));
}

/// <summary>A panel member puts on record that a version has been adopted; effective only if the votes say so.</summary>
public sealed record TriggerAdoptedBody(TriggerId Trigger, int Version) : Body
{
    internal static TriggerAdoptedBody Read(Fields f) => new(
        new TriggerId(f.Name("trigger", "trigger", "the trigger")),
        (int)f.Whole("version", 1, 1_000_000, "", "the version"));
}

/// <summary>A panel member puts on record that a version has been retired; effective only if the votes say so.</summary>
public sealed record TriggerRetiredBody(TriggerId Trigger, int Version) : Body
{
    internal static TriggerRetiredBody Read(Fields f) => new(
        new TriggerId(f.Name("trigger", "trigger", "the trigger")),
        (int)f.Whole("version", 1, 1_000_000, "", "the version"));
}

/// <summary>A pact is opened for commitments.</summary>
public sealed record PactOpenedBody(PactId Pact, PactTerms Terms) : Body
{
    internal static PactOpenedBody Read(Fields f)
    {
        var pact = new PactId(f.Name("pact", "pact", "its name"));
        var terms = PactTerms.Check(
            f.Text("title", 200, "what it is called"),
            new PactScope(
                f.Text("text", 4096, "what stops, in words"),
                f.NumberOrNull("trainingFlopAbove", 1, 1e32, "FLOP", "training runs of more operations stop"),
                f.Texts("allowed", 32, 500, "what stays allowed")),
            new TriggerId(f.Name("trigger", "trigger", "the trigger whose pause level calls it")),
            Days(f, "noticeDays", "from the call until it is in force"),
            Days(f, "cureDays", "from an upheld allegation until the breach"),
            Days(f, "withdrawalDays", "for which a withdrawing member stays bound"),
            f.WholeOrNull("maximumDays", 1, 3650, "days", "in force for no longer than this") is { } days ? TimeSpan.FromDays(days) : null);
        foreach (var fault in terms.Faults)
        {
            f.Require(false, fault.Place, fault.Message, fault.Remedy);
        }

        return new PactOpenedBody(pact, terms.Value!);
    }

    private static TimeSpan Days(Fields f, string name, string meaning) =>
        TimeSpan.FromDays(f.Whole(name, 0, 3650, "days", meaning));
}

/// <summary>A party commits to a pact under a condition on the others.</summary>
public sealed record CommitmentBody(PactId Pact, string Text, Pacts.Conditions.Condition Condition) : Body
{
    internal static CommitmentBody Read(Fields f)
    {
        var pact = new PactId(f.Name("pact", "pact", "an open pact"));
        var text = f.Text("condition", 4096, "the condition on the others, in its language");
        return new CommitmentBody(pact, text, f.Meaning("condition", Pacts.Conditions.Condition.Parse(text))!);
    }
}

/// <summary>A party withdraws from a pact; a bound one stays bound while the notice runs.</summary>
public sealed record WithdrawalBody(PactId Pact, string Reason) : Body
{
    internal static WithdrawalBody Read(Fields f) => new(
        new PactId(f.Name("pact", "pact", "the pact")),
        f.Text("reason", 2000, "why"));
}

/// <summary>A bound member agrees to release all; effective as a release once every bound member has.</summary>
public sealed record ReleaseBody(PactId Pact, string Reason) : Body
{
    internal static ReleaseBody Read(Fields f) => new(
        new PactId(f.Name("pact", "pact", "the pact")),
        f.Text("reason", 2000, "why"));
}
