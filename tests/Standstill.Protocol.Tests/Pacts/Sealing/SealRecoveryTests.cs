using CsCheck;
using Standstill.Protocol.Pacts.Sealing;

namespace Standstill.Protocol.Tests.Pacts.Sealing;

public sealed class SealRecoveryTests
{
    private static readonly Trustees ThreeOfFive = Vectors.TrusteesOf(3, 5);
    private static readonly FreshSeal Fresh = Vectors.Seal(ThreeOfFive, Vectors.Word("sample-ash", "always"));
    private static readonly Share[] Shares = [.. Vectors.Names.Select(n => Fresh.Sealed.ShareOf(n))];

    [Fact]
    public void Any_three_of_five_trustees_recover_the_key_and_two_do_not() => Gen.Shuffle(Shares).Sample(
        s => SealRecovery.Of(Fresh.Sealed, s[..3]) is SealRecovery.Recovered { Altered: [], Unfit: [] } r && r.Key.ExportText() == Fresh.Key.ExportText()
            && SealRecovery.Of(Fresh.Sealed, s[..2]) is SealRecovery.TooFew { Good: 2, Needed: 3 },
        seed: "0000KOIPe036", iter: 200);

    [Fact]
    public void A_trustee_who_brings_another_share_is_named_and_does_not_hold_the_others_up()
    {
        Share[] brought = [Altered(Shares[0]), Shares[1], Shares[3], Shares[4]];

        var recovered = Assert.IsType<SealRecovery.Recovered>(SealRecovery.Of(Fresh.Sealed, brought));

        Assert.Equal("sample-maple", Assert.Single(recovered.Altered).Value);
        Assert.Empty(recovered.Unfit);
    }

    [Fact]
    public void With_too_few_true_shares_the_trustee_who_altered_one_is_named()
    {
        var few = Assert.IsType<SealRecovery.TooFew>(SealRecovery.Of(Fresh.Sealed, [Altered(Shares[0]), Shares[1], Shares[3]]));

        Assert.Equal((2, 3), (few.Good, few.Needed));
        Assert.Equal("sample-maple", Assert.Single(few.Altered).Value);
    }

    [Fact]
    public void A_share_that_the_sealer_made_false_is_named_when_enough_others_are_there()
    {
        var dealt = Dealt(2);

        var recovered = Assert.IsType<SealRecovery.Recovered>(SealRecovery.Of(dealt, [.. Vectors.Names.Select(n => dealt.ShareOf(n))]));

        Assert.Equal("sample-pine", Assert.Single(recovered.Unfit).Value);
        Assert.Empty(recovered.Altered);
        Assert.Equal(Fresh.Key.ExportText(), recovered.Key.ExportText());
    }

    [Fact]
    public void A_sealer_who_made_too_many_shares_false_is_told_from_trustees_who_cheat()
    {
        var dealt = Dealt(0, 2, 3);

        var recovery = Assert.IsType<SealRecovery.FalselyDealt>(SealRecovery.Of(dealt, [.. Vectors.Names.Select(n => dealt.ShareOf(n))]));

        Assert.Equal(Vectors.Names, recovery.Through.Select(p => p.Value));
        Assert.Empty(recovery.Altered);
    }

    [Fact]
    public void A_trustee_sees_at_once_that_what_was_sealed_for_it_is_not_the_share_that_is_stated()
    {
        var s = Fresh.Sealed;
        var swapped = new SealedCommitment(s.Pact, s.Trustees, s.KeyDigest, s.Content, s.Shares.SetItem(1, s.Shares[1] with { Digest = s.Shares[2].Digest }));

        Assert.Contains("is not the share that the commitment states", Assert.Single(swapped.ShareOf(Vectors.Registry, Vectors.SecretOf("sample-oak")).Faults).Message);
        Assert.Contains("is not a key that", Assert.Single(s.ShareOf(Vectors.Registry, Vectors.SecretOf("somebody")).Faults).Message);
    }

    [Fact]
    public void Two_shares_at_one_point_are_misuse()
    {
        Assert.Throws<ArgumentException>(() => SealRecovery.Of(Fresh.Sealed, [Shares[0], Shares[0], Shares[1]]));
        Assert.Throws<ArgumentException>(() => SealRecovery.Of(Fresh.Sealed, [new Share(6, new byte[32])]));
    }

    private static Share Altered(Share share)
    {
        var value = share.Value.ToArray();
        value[5 + share.Point] ^= 0x40;
        return share with { Value = value };
    }

    // The sealer's own doing: false shares, encrypted well, with digests to match.
    private static SealedCommitment Dealt(params int[] falsely)
    {
        var s = Fresh.Sealed;
        var shares = s.Shares;
        foreach (var i in falsely)
        {
            shares = shares.SetItem(i, s.SealFor(Vectors.Registry, Altered(Shares[i]), Vectors.Bytes(100 + i, 32)));
        }

        return new SealedCommitment(s.Pact, s.Trustees, s.KeyDigest, s.Content, shares);
    }
}
