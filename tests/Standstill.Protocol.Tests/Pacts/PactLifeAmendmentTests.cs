using Standstill.Model;

namespace Standstill.Protocol.Tests.Pacts;

/// <summary>Why the rules are as they are: without one of them, the model finds what would happen.</summary>
public sealed class PactLifeAmendmentTests
{
    [Fact]
    public void If_deadlines_of_one_instant_passed_one_by_one_names_would_decide_who_is_in_breach()
    {
        LifeWorld world = LifeWorlds.AllOfTheOthers;
        string story = Without(LifeAmendments.Together, world with { Renamings = [] }, LifeClaims.NamesDoNotMatter(world.Renamings));

        Assert.Contains("ash InBreach, birch Waiting", story, StringComparison.Ordinal);
    }

    [Fact]
    public void If_a_mark_did_not_stay_probation_would_end_by_withdrawing_and_committing_again()
    {
        string story = Without(LifeAmendments.MarkStays, LifeWorlds.AllOfTheOthers, LifeClaims.NobodyGoesRoundProbation);

        Assert.EndsWith("ash counts, and has not lived through its probation", story, StringComparison.Ordinal);
    }

    [Fact]
    public void If_confirming_in_vain_were_dropping_out_a_withdrawal_would_put_others_on_probation()
    {
        string story = Without(LifeAmendments.ConfirmedIsUnmarked, LifeWorlds.Chain, LifeClaims.WhoConfirmedIsNotPutOnProbation);

        Assert.EndsWith("cedar had confirmed, and will be on probation for having dropped out", story, StringComparison.Ordinal);
    }

    [Fact]
    public void If_the_weaker_standing_passed_in_a_merger_a_bound_party_would_leave_without_notice()
    {
        string story = Without(LifeAmendments.BoundPasses, LifeWorlds.Successions, LifeClaims.NobodyEscapesByAMerger);

        Assert.EndsWith("which was bound, and is free", story, StringComparison.Ordinal);
    }

    [Fact]
    public void If_being_freed_closed_a_case_a_party_would_free_itself_by_handing_its_compute_over()
    {
        string story = Without(LifeAmendments.CaseMarks, LifeWorlds.ShareOfCompute, LifeClaims.NobodyShedsACase);

        Assert.Contains("ash hands its compute over", story, StringComparison.Ordinal);
        Assert.EndsWith("ash had a case to answer, and is free of it", story, StringComparison.Ordinal);
    }

    [Fact]
    public void If_being_freed_ended_a_suspicion_a_party_would_count_as_verified_again_because_nobody_could_rely_on_it()
    {
        string story = Without(LifeAmendments.SuspicionStays, LifeWorlds.Silence, LifeClaims.NobodyShedsACase);

        Assert.EndsWith("had a case to answer, and is free of it", story, StringComparison.Ordinal);
    }

    [Fact]
    public void If_probation_did_not_end_before_what_else_passes_a_pause_would_fall_apart_for_want_of_who_counts_by_then()
    {
        LifeWorld late = LifeWorlds.VetoPlayer with { Amendments = LifeAmendments.All & ~LifeAmendments.ProbationEndsFirst };
        var same = new LifeClaim("the same are bound", OfStep: (_, before, happens, after) =>
            PactLifeModel.After(late, before, happens) is { } other && other.Bound != after.Bound && after.Stage == LifeStage.InForce
                ? $"{other.Stage} instead of {after.Stage}"
                : null);

        string story = LifeExploration.Of(LifeWorlds.VetoPlayer, [same]).Faults[same];

        Assert.EndsWith("Preparing instead of InForce", story, StringComparison.Ordinal);
    }

    private static string Without(LifeAmendments amendment, LifeWorld world, LifeClaim claim) =>
        LifeExploration.Of(world with { Amendments = LifeAmendments.All & ~amendment }, [claim], most: 60_000).Faults[claim];
}
