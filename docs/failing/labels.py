def label(profile):
    """What is printed on a badge, which has room for 16 letters."""
    return f"{profile['FirstName']} {profile['LastName']}"


def test_every_label_fits(cp_profile_factory):
    for profile in cp_profile_factory.build_batch(50):
        assert len(label(profile)) <= 16
