"""The step between password and desk."""

from allauth.mfa.stages import AuthenticateStage

CAME_WITH_CODE = "came_with_code"


class SecondStep(AuthenticateStage):
    """Asked of whoever set up an authenticator app, but not again of who gave its code with the password."""

    def _should_handle(self, request):
        return not self.login.state.get(CAME_WITH_CODE) and super()._should_handle(request)
