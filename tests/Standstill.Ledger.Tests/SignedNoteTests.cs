using System.Text;

namespace Standstill.Ledger.Tests;

public sealed class SignedNoteTests
{
    private static readonly string Signature = TestData.Json("note/signed_note.json").GetProperty("signature_line").GetString()!;
    private static readonly string Text = TestData.Json("note/signed_note.json").GetProperty("text").GetString()!;

    private static NoteVerifierKey Neumann => TestData.Key(TestData.Json("note/signed_note.json").GetProperty("vkey").GetString()!);

    [Fact]
    public void The_published_note_verifies_with_its_key()
    {
        var note = Parse($"{Text}\n{Signature}\n");
        Assert.True(note.Verify([Neumann], out var signers, out var error), error);
        Assert.Equal([Neumann], signers);
        Assert.Equal(Text, note.Text);
        Assert.Equal($"{Text}\n{Signature}\n", Encoding.UTF8.GetString(note.ToBytes()));
    }

    [Fact]
    public void The_published_bad_keys_are_refused()
    {
        foreach (var bad in TestData.Json("note/signed_note.json").GetProperty("bad_vkeys").EnumerateArray())
        {
            Assert.False(NoteVerifierKey.TryParse(bad.GetString()!, out _, out var error));
            Assert.StartsWith("verifier key", error);
        }
    }

    [Fact]
    public void A_published_private_key_gives_its_public_key_and_is_written_back_as_it_was()
    {
        using var signer = TestData.Signer();
        Assert.Equal(TestData.PublicKey, signer.VerifierKey.ToString());
        Assert.Equal(TestData.PrivateKey, signer.ExportPrivateText());
        Assert.DoesNotContain(TestData.PrivateKey[^20..], signer.ToString());
    }

    [Fact]
    public void A_generated_key_signs_what_its_public_key_verifies()
    {
        using var signer = NoteSigner.Generate("ledger.example/1");
        Assert.True(NoteSigner.TryParse(signer.ExportPrivateText(), out var again, out var error), error);
        using (again)
        {
            var note = SignedNote.Sign("one\n\ntwo\n", again);
            Assert.True(Parse(note.ToString()).Verify([signer.VerifierKey], out _, out error), error);
            Assert.Equal(note.ToString(), SignedNote.Sign("one\n\ntwo\n", signer).ToString());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("PeterNeumann")]
    [InlineData("PeterNeumann+c74f20a3")]
    [InlineData("+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+0xc74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumanN+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10")]
    [InlineData("PeterNeumann+c74f20a3+BBpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    public void A_key_of_another_form_is_refused(string text)
    {
        Assert.False(NoteVerifierKey.TryParse(text, out _, out var error));
        Assert.NotEmpty(error);
        Assert.False(NoteSigner.TryParse("PRIVATE+KEY+" + text, out _, out error));
        Assert.DoesNotContain("ARpc2Qc", error);
    }

    [Fact]
    public void Lines_of_unknown_keys_are_ignored()
    {
        using var other = NoteSigner.Generate("other.example");
        using var namesake = NoteSigner.Generate("PeterNeumann");
        var foreign = SignedNote.Sign("another text\n", other).Signatures[0];
        var sameName = SignedNote.Sign("another text\n", namesake).Signatures[0];
        var sameId = foreign with { KeyId = Neumann.Id };
        var note = Parse($"{Text}\n{Signature}\n").With(foreign).With(sameName).With(sameId);
        Assert.True(Parse(note.ToString()).Verify([Neumann], out var signers, out var error), error);
        Assert.Equal([Neumann], signers);
    }

    [Fact]
    public void A_bad_signature_by_a_known_key_refuses_the_whole_note()
    {
        using var other = NoteSigner.Generate("other.example");
        var note = Parse($"{Text}\n{Signature}\n").With(SignedNote.Sign("another text\n", other).Signatures[0]);
        Assert.False(note.Verify([Neumann, other.VerifierKey], out var signers, out var error));
        Assert.Empty(signers);
        Assert.StartsWith("the signature by `other.example+", error);

        var repeated = Parse($"{Text}\n{Signature}\n");
        repeated = repeated.With(repeated.Signatures[0] with { Signature = [.. new byte[64]] });
        Assert.False(repeated.Verify([Neumann], out _, out _));
    }

    [Fact]
    public void A_note_that_no_known_key_signed_is_refused()
    {
        using var other = NoteSigner.Generate("other.example");
        Assert.False(Parse($"{Text}\n{Signature}\n").Verify([other.VerifierKey], out _, out var error));
        Assert.Equal("no known key signed the note: it names `PeterNeumann+c74f20a3`", error);
        Assert.False(Parse($"{Text}\n{Signature}\n").Verify([], out _, out _));
    }

    public static TheoryData<string> Malformed => new(
        "",
        "\n",
        Text,
        Text + "\n",
        Text + Signature + "\n",
        $"\n{Signature}\n",
        $"{Text}\n{Signature}",
        $"{Text}\n{Signature}\n\n",
        $"{Text}\n{Signature}\nx\n",
        $"{Text}\n{Signature} \n",
        $"{Text}\n{Signature.Replace("— ", "- ", StringComparison.Ordinal)}\n",
        $"{Text}\n{Signature.Replace("— ", "—  ", StringComparison.Ordinal)}\n",
        $"{Text}\n{Signature.Replace("— ", "—", StringComparison.Ordinal)}\n",
        $"{Text}\n— {Signature["— PeterNeumann ".Length..]}\n",
        $"{Text}\n—  {Signature["— PeterNeumann ".Length..]}\n",
        $"{Text}\n— Peter+Neumann {Signature["— PeterNeumann ".Length..]}\n",
        $"{Text}\n— Peter\u00a0Neumann {Signature["— PeterNeumann ".Length..]}\n",
        $"{Text}\n— Peter\u2003Neumann {Signature["— PeterNeumann ".Length..]}\n",
        $"{Text}\n— PeterNeumann\n",
        $"{Text}\n— PeterNeumann \n",
        $"{Text}\n— PeterNeumann !\n",
        $"{Text}\n— PeterNeumann x08goQ==\n",
        $"{Text}\n— PeterNeumann x08go\n",
        $"{Text}\n{Signature[..^1]}\n",
        $"{Text}\n{Signature[..^2]}N=\n",
        $"{Text}\r\n{Signature}\n",
        $"{Text}\n{Signature}\r\n",
        $"{Text}\t\n\n{Signature}\n",
        $"{Text}\0\n\n{Signature}\n",
        $"{Text}\u001f\n\n{Signature}\n");

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_note_is_refused(string note)
    {
        Assert.False(SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out _, out var error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void Ill_formed_UTF8_is_refused()
    {
        byte[] bytes = [0xff, (byte)'\n', (byte)'\n', .. Encoding.UTF8.GetBytes(Signature), (byte)'\n'];
        Assert.False(SignedNote.TryParse(bytes, out _, out var error));
        Assert.Equal("the note is not well-formed UTF-8", error);
    }

    [Fact]
    public void The_text_may_hold_empty_lines_and_what_looks_like_signatures()
    {
        using var signer = TestData.Signer();
        var text = $"a\n\n\n{Signature}\n\nb\n";
        var note = Parse(SignedNote.Sign(text, signer).ToString());
        Assert.Equal(text, note.Text);
        Assert.Single(note.Signatures);
    }

    [Fact]
    public void Sixteen_signatures_are_read_and_too_many_are_not()
    {
        var lines = (int count) => Encoding.UTF8.GetBytes($"{Text}\n{string.Concat(Enumerable.Repeat(Signature + "\n", count))}");
        Assert.True(SignedNote.TryParse(lines(16), out _, out _));
        Assert.True(SignedNote.TryParse(lines(SignedNote.MaxSignatures), out var full, out _));
        Assert.False(SignedNote.TryParse(lines(SignedNote.MaxSignatures + 1), out _, out var error));
        Assert.Contains("`65` signatures", error);
        Assert.Throws<InvalidOperationException>(() => full.With(full.Signatures[0]));
    }

    [Fact]
    public void A_note_larger_than_the_limit_is_refused()
    {
        var bytes = Encoding.UTF8.GetBytes($"{new string('a', SignedNote.MaxBytes)}\n\n{Signature}\n");
        Assert.False(SignedNote.TryParse(bytes, out _, out var error));
        Assert.Contains("at most `1000000`", error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no line end")]
    [InlineData("carriage\r\n")]
    public void Signing_what_is_no_note_text_throws(string text)
    {
        using var signer = TestData.Signer();
        Assert.Throws<ArgumentException>(() => SignedNote.Sign(text, signer));
    }

    private static SignedNote Parse(string text)
    {
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out var note, out var error), error);
        return note;
    }
}
