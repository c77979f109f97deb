using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Terms;

namespace Standstill.Node.Notices;

/// <summary>Dates in plain English.</summary>
internal static class DueText
{
    /// <summary>What happens then, as the end of a sentence.</summary>
    public static string Of(Due due) => due.What switch
    {
        DueKind.CureEnds => $"{due.Party} is in breach unless it has cured what `{due.Allegation}` alleges",
        DueKind.SuspicionEnds => $"{due.Party} is in breach unless the evidence that it owes has come",
        DueKind.SilenceBegins => $"{due.Party} counts as unverified unless the evidence that it owes has come",
        DueKind.RulingsLapse => $"the allegation `{due.Allegation}` lapses unless a ruling has come",
        DueKind.WithdrawalEnds => $"{due.Party} leaves the pact",
        DueKind.ProbationEnds => $"the probation of {due.Party} ends, and it counts",
        DueKind.PreparationEnds => "preparation ends: who has not confirmed that it is ready drops out",
        DueKind.PauseEnds => "the pause ends, its maximum duration being over",
        DueKind.LiftingStep => "the pause is lifted by another step",
        DueKind.NoticeEnds => "notice ends and the pause begins",
        DueKind.EvidenceDue => $"{due.Party} owes {Of(due.Duty)}",
        DueKind.ReviewDue => "the members review the pause",
        _ => throw new InvalidOperationException("a date without a sentence"),
    };

    /// <summary>The same in a few words, for a calendar's line.</summary>
    public static string Short(Due due) => due.What switch
    {
        DueKind.CureEnds => $"{due.Party}: cure ends (`{due.Allegation}`)",
        DueKind.SuspicionEnds => $"{due.Party}: breach by silence",
        DueKind.SilenceBegins => $"{due.Party}: unverified",
        DueKind.RulingsLapse => $"ruling due (`{due.Allegation}`)",
        DueKind.WithdrawalEnds => $"{due.Party} leaves",
        DueKind.ProbationEnds => $"{due.Party}: probation ends",
        DueKind.PreparationEnds => "readiness due",
        DueKind.PauseEnds => "the pause ends",
        DueKind.LiftingStep => "a step of the lifting",
        DueKind.NoticeEnds => "the pause begins",
        DueKind.EvidenceDue => $"{due.Party}: {Of(due.Duty)} due",
        DueKind.ReviewDue => "review",
        _ => throw new InvalidOperationException("a date without a line"),
    };

    private static string Of(DutyKind? duty) => duty switch
    {
        DutyKind.Heartbeat => "a heartbeat",
        DutyKind.Balance => "a compute balance",
        DutyKind.Inspection => "an inspection",
        _ => "evidence",
    };
}
